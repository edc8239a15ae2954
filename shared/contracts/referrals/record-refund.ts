import * as z from 'zod';
import { idSchema, instantSchema, positiveMinorSchema, referenceSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const refundSchema = z.strictObject({
  refundId: referenceSchema.meta({
    description: "The merchant's own number of the refund: the business key.",
    example: 'C536379',
  }),
  orderId: referenceSchema.meta({ description: 'The recorded order it gives back.', example: '536365' }),
  occurredAt: instantSchema,
  amountMinor: positiveMinorSchema.meta({
    description: "Minor units of the order's currency, above zero.",
    example: 2750,
  }),
  kind: z.enum(['refund', 'chargeback']).default('refund'),
});

export const refundAnswerSchema = z.object({
  refundId: z.string(),
  orderId: z.string(),
  partnerId: z.string().nullable(),
  occurredAt: z.string(),
  period: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  kind: z.enum(['refund', 'chargeback']),
  late: z.boolean().meta({ description: 'True: the sale was stated already, so this claws back in its own period.' }),
});

export const recordRefundRoute = defineRoute({
  name: 'record-refund',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/refunds',
  summary: 'Record a refund or chargeback',
  description:
    'Needs its order. The refunds of an order may not exceed it: one that would is refused whole. ' +
    'Safe to repeat: the same refund answers 200, other content under its number 409.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema }),
  body: refundSchema,
  status: 201,
  response: refundAnswerSchema,
});
