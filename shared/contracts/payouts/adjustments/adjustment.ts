import * as z from 'zod';
import { REASON_CODES } from '#shared/domain/ledger/adjustment';

export const adjustmentStatusSchema = z.enum(['recorded', 'proposed', 'declined']);

export const adjustmentSchema = z.object({
  adjustmentId: z.string(),
  partnerId: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  occurredAt: z.string(),
  period: z.string().meta({ description: 'The month that states it; of a proposed one the month that would.' }),
  reason: z.string(),
  reasonCode: z.enum(REASON_CODES),
  links: z.object({ disputeId: z.string().optional() }).optional(),
  status: adjustmentStatusSchema.meta({ description: 'A proposed one pays nothing until a second person approves.' }),
  recordedBy: z.string().meta({ description: 'Who made it.' }),
  onBehalfOf: z.string().optional().meta({ description: 'The person who made the API key that made it.' }),
  recordedAt: z.string().optional().meta({ description: 'When it became a fact.' }),
  proposedAt: z.string().optional(),
  decision: z
    .object({
      decision: z.enum(['approve', 'decline']),
      by: z.string(),
      at: z.string(),
      comment: z.string().optional(),
    })
    .optional(),
});
