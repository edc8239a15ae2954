import * as z from 'zod';
import { attributesOf } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import type { AuditEffect } from '#shared/application/payouts/proof/audit-effects';

const resolutionSchema = z.looseObject({
  programId: z.string(),
  payoutId: z.string(),
  resolutionId: z.string(),
  proposedBy: z.string(),
  proposedAt: instantField,
  decision: z.looseObject({ decision: z.enum(['confirm', 'decline']), by: z.string(), at: instantField }).optional(),
});

const DECIDED = ['payoutId', 'resolutionId', 'outcome', 'evidence', 'proposedBy', 'onBehalfOf', 'status', 'decision'];

/** The proposal of what became of a payout as it was made, and how it was decided. What the payout became has records of its own. */
export function auditEffectsOfResolution(item: Readonly<Record<string, unknown>>): readonly AuditEffect[] {
  const { programId, payoutId, resolutionId, proposedBy, proposedAt, decision } = resolutionSchema.parse(item);
  const subject = { programId, subjectId: `${resolutionId}~${payoutId}` };
  const proposal: AuditEffect = {
    ...subject,
    kind: 'payout.resolution_proposed',
    occurredAt: proposedAt,
    recordedBy: proposedBy,
    content: attributesOf(item, (name) => name !== 'status' && name !== 'decision'),
  };
  if (!decision) return [proposal];
  const kind = decision.decision === 'confirm' ? 'payout.resolved' : 'payout.resolution_declined';
  const content = attributesOf(item, (name) => DECIDED.includes(name));
  return [proposal, { ...subject, kind, occurredAt: decision.at, recordedBy: decision.by, content }];
}
