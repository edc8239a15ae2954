import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { conversionAnswerSchema } from '#shared/contracts/referrals/record-conversion';
import { defineRoute } from '#shared/contracts/route';

const MAX_REASON_LENGTH = 500;

const stampSchema = z.object({
  partnerId: z.string().nullable(),
  period: z.string(),
  earnsNothing: z.string().optional(),
  nettedMinor: z.int(),
});

export const reattributionSchema = z.object({
  reattributionId: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  disputeId: z.string().optional().meta({ description: 'The dispute that was decided so.' }),
  before: stampSchema,
  after: stampSchema,
});

export const reattributeConversionRoute = defineRoute({
  name: 'reattribute-conversion',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/conversions/{orderId}/reattribution',
  summary: 'Give a recorded sale to another partner',
  description:
    'It counts from its own month on while that is open, else from the first open one; refunds move with it, its first ' +
    'purchase stays where it was, and the decision before it stays readable. A sale that a closed month may have paid to ' +
    'another partner answers 409: post adjustments on both sides instead. So does one that a dispute has ' +
    'paid for by an adjustment, or still may, unless `despiteAdjustment` says that it is meant.',
  access: ['partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, orderId: referenceSchema }),
  body: z.strictObject({
    partnerId: idSchema.meta({ description: 'Who has the sale from now on.' }),
    reason: z.string().trim().min(1).max(MAX_REASON_LENGTH),
    despiteAdjustment: z
      .boolean()
      .default(false)
      .meta({ description: 'Although a dispute has paid for the sale by an adjustment, or still may.' }),
  }),
  status: 201,
  response: conversionAnswerSchema.extend({ reattribution: reattributionSchema }),
});
