import * as z from 'zod';
import { currencySchema, idSchema, instantSchema, minorSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const recordAdjustmentRoute = defineRoute({
  name: 'record-adjustment',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/adjustments',
  summary: "Add to or take from a partner's statement, with a reason",
  description: 'It counts in the month of `occurredAt`, or in the first open one if that month is closed.',
  access: ['admin', 'finance'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    partnerId: idSchema,
    amountMinor: minorSchema
      .refine((minor) => minor !== 0, 'must not be zero')
      .meta({ description: 'Above zero pays the partner, below zero takes back.', example: -2500 }),
    currency: currencySchema,
    occurredAt: instantSchema,
    reason: z.string().trim().min(1).max(500),
  }),
  status: 201,
  response: z.object({
    adjustmentId: z.string(),
    partnerId: z.string(),
    amountMinor: z.int(),
    currency: z.string(),
    occurredAt: z.string(),
    period: z.string(),
    reason: z.string(),
    recordedBy: z.string(),
    recordedAt: z.string(),
  }),
});
