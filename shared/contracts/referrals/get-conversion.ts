import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { creditAnswerSchema } from '#shared/contracts/referrals/credits';
import { reattributionSchema } from '#shared/contracts/referrals/reattribute-conversion';
import { conversionAnswerSchema } from '#shared/contracts/referrals/record-conversion';
import { refundAnswerSchema } from '#shared/contracts/referrals/record-refund';
import { defineRoute } from '#shared/contracts/route';

export const getConversionRoute = defineRoute({
  name: 'get-conversion',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/conversions/{orderId}',
  summary: 'Read a sale with its attribution and refunds',
  access: ['merchant', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, orderId: referenceSchema }),
  status: 200,
  response: conversionAnswerSchema.extend({
    refundedMinor: z.int(),
    nettedMinor: z.int().meta({ description: 'Refunds in time to reduce what the sale is paid on.' }),
    influence: z.array(z.object({ partnerId: z.string(), amountMinor: z.int() })).meta({
      description:
        'The linear view, never paid: equal shares of the sale among the distinct partners whose clicks and codes counted, ' +
        'whoever won; they add up to the sale. Empty when nobody was touched.',
    }),
    refunds: z.array(refundAnswerSchema),
    credits: z
      .array(creditAnswerSchema.extend({ refundedMinor: z.int(), nettedMinor: z.int() }))
      .optional()
      .meta({ description: 'Of a split sale: what each partner has of it and of its refunds, by partner id.' }),
    firstPurchasePeriod: z.string().optional().meta({
      description: 'Of a re-attributed sale: the month it was recorded with; first purchases follow from it.',
    }),
    reattributions: z
      .array(reattributionSchema)
      .meta({ description: 'Oldest first. `attribution` stays what was decided when the sale was recorded.' }),
  }),
});
