import * as z from 'zod';
import { SIGNAL_CODES } from '#shared/domain/fraud/fraud-signal';
import { HOLD_STATUSES } from '#shared/domain/fraud/hold';

export const signalSchema = z.object({
  code: z.enum(SIGNAL_CODES),
  action: z.enum(['hold', 'flag']).meta({ description: 'What the programme does about it: `Program.fraud`.' }),
  evidence: z.string().meta({ description: 'In words and figures. Never shown to partners.' }),
});

export const holdStatusSchema = z.enum(HOLD_STATUSES);

/** That a sale is, or was, held. */
export const holdSchema = z.object({
  orderId: z.string(),
  partnerIds: z.array(z.string()),
  status: holdStatusSchema.meta({
    description: '`escalated`: nobody decided in time. It waits on; no hold ends by itself.',
  }),
  signals: z.array(signalSchema),
  occurredAt: z.string(),
  period: z.string().meta({ description: 'The month in which the sale counts, held or not.' }),
  amount: z.object({ minor: z.int(), currency: z.string() }),
  heldAt: z.string(),
  deadline: z.string(),
  escalatedAt: z.string().optional(),
  decision: z
    .object({ decision: z.enum(['release', 'void']), reason: z.string(), by: z.string(), at: z.string() })
    .optional(),
});

/** A change of a held sale: where it stood, and where it stands since. */
export const holdRecordSchema = z.object({
  kind: z.enum(['hold', 'release', 'void']),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  before: z.object({ period: z.string(), earnsNothing: z.string().optional(), nettedMinor: z.int() }),
  after: z.object({ period: z.string(), earnsNothing: z.string().optional(), nettedMinor: z.int() }),
});

export const holdDetailSchema = holdSchema.extend({
  customerId: z.string(),
  earnsNothing: z.string().optional(),
  refundedMinor: z.int(),
  records: z.array(holdRecordSchema).meta({ description: 'Oldest first; a hold from the start has none of its own.' }),
});
