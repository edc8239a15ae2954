import * as z from 'zod';

/**
 * An event: another service than the one of the Money table stored something that the audit chain must hold. Ids, who, when, and
 * the SHA-256 of what was recorded; nothing personal.
 */
export const effectRecordedSchema = z.object({
  eventId: z.string(),
  programId: z.string(),
  occurredAt: z.string(),
  type: z.literal('effect.recorded'),
  kind: z.enum([
    'payee.changed',
    'dispute.decided',
    'agreement.recorded',
    'agreement.accepted',
    'agreement.renewed',
    'agreement.terminated',
    'tier.assigned',
    'tier_scheme.changed',
    'certification.recorded',
    'certification.revoked',
    'roles.changed',
  ]),
  /** Absent of what is the programme's alone. */
  partnerId: z.string().optional(),
  subjectId: z.string(),
  recordedBy: z.string(),
  contentDigest: z.string(),
});
export type EffectRecorded = z.output<typeof effectRecordedSchema>;
