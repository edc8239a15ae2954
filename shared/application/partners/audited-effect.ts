import type { Digest } from '#shared/application/ports';
import type { EffectRecorded } from '#shared/contracts/effect-recorded';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';

/** Something stored once in the Partners table that the audit chain must hold. */
export type AuditedEffect = Omit<EffectRecorded, 'type' | 'eventId' | 'contentDigest'> & { readonly content: Plain };

/** What the audit chain hears of it: who, when and the digest of what was recorded, never its words. */
export function effectRecordedEvent({ content, ...effect }: AuditedEffect, digest: Digest): EffectRecorded {
  const eventId = `${effect.kind}~${effect.programId}~${effect.subjectId}`;
  return { type: 'effect.recorded', ...effect, eventId, contentDigest: digest(canonicalJson(content)) };
}
