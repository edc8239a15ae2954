import type { Digest } from '#shared/application/ports';
import type { EffectRecorded } from '#shared/contracts/effect-recorded';
import type { AuditFact } from '#shared/domain/audit/audit-chain';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';
import type { Instant } from '#shared/domain/time/instant';

/** Something stored that must have its record: what the chain will say of it, and of which programme. */
export type AuditEffect = Omit<AuditFact, 'content'> & { readonly programId: string; readonly content: Plain };

/** A longer content is recorded by its digest: forty records must fit into one transaction of 4 MB. */
const MAX_CONTENT_CHARACTERS = 4_000;

/** The fact of an effect. The same stored bytes give the same fact, for ever. */
export function factOf({ kind, subjectId, occurredAt, recordedBy, content }: AuditEffect, digest: Digest): AuditFact {
  const text = canonicalJson(content);
  const recorded = text.length <= MAX_CONTENT_CHARACTERS ? text : `sha256:${digest(text)}`;
  return { kind, subjectId, occurredAt, recordedBy, content: recorded };
}

/** What another service stored: of that the chain holds the digest alone. */
export function partnerEffect(event: EffectRecorded): AuditEffect {
  const { programId, kind, partnerId, subjectId, recordedBy, contentDigest } = event;
  const content = { ...(partnerId === undefined ? {} : { partnerId }), contentDigest };
  const occurredAt = event.occurredAt as Instant;
  return { programId, kind, subjectId, occurredAt, recordedBy, content };
}
