import * as z from 'zod';
import { RESOLVED_OUTCOMES } from '#shared/domain/ledger/payout-resolution';

/** `po~2026-01.1~p1~GBP`: its statement's run, partner and currency. */
export const payoutIdSchema = z.string().regex(/^po~[A-Za-z0-9._:~-]{1,160}$/, 'must be a payout id');

export const payoutStatusSchema = z.enum([
  'created',
  'submitting',
  'submitted',
  'unknown',
  'settled',
  'failed',
  'returned',
]);

export const evidenceSchema = z.object({
  source: z.enum(['rail', 'bank_report', 'person']),
  reference: z.string().optional(),
  note: z.string().optional(),
  documentSha256: z.string().optional(),
});

export const payoutResolutionSchema = z.object({
  resolutionId: z.string(),
  payoutId: z.string(),
  outcome: z.enum(RESOLVED_OUTCOMES),
  evidence: evidenceSchema,
  status: z.enum(['proposed', 'confirmed', 'declined']).meta({
    description: 'A proposed one changes nothing until another person confirms it.',
  }),
  proposedBy: z.string(),
  onBehalfOf: z.string().optional().meta({ description: 'The person who made the API key that proposed it.' }),
  proposedAt: z.string(),
  seenStatus: payoutStatusSchema.meta({
    description: 'The payout as it was proposed on. Once it has moved, the proposal can only be declined.',
  }),
  decision: z
    .object({
      decision: z.enum(['confirm', 'decline']),
      by: z.string(),
      at: z.string(),
      comment: z.string().optional(),
    })
    .optional(),
});
