import * as z from 'zod';
import { idSchema, moneySchema, referenceSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { offerTermsAnswerShape } from '#shared/contracts/tracking/offer-terms';

const MAX_TYPED_CODE_LENGTH = 64;

export const redemptionAnswerSchema = z.object({
  redemptionId: z.string(),
  code: z.string(),
  customerId: z.string(),
  partnerId: z.string(),
  status: z.enum(['reserved', 'confirmed', 'released']),
  expiresAt: z.string().optional().meta({ description: 'Confirm before this time, or the reservation lapses.' }),
  ...offerTermsAnswerShape,
  spend: z.object({ minor: z.int(), currency: z.string() }).optional(),
  amountOff: z
    .object({ minor: z.int(), currency: z.string() })
    .optional()
    .meta({
      description:
        'What to take off the spend: rounded half to even, never more than the spend. Absent without a spend, without a ' +
        'discount, and for a free period.',
    }),
  orderId: z.string().optional(),
});

export const redeemCodeRoute = defineRoute({
  name: 'redeem-code',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/redemptions',
  summary: 'Reserve a code for a customer',
  description:
    'Confirm the reservation when the order is placed, release it when it is not. A customer redeems a code once unless the ' +
    'code says otherwise; asking again while it is reserved answers 200 with the same reservation, for the basket sent now. ' +
    'What the code offers is kept with the reservation. Unknown, mistyped, expired, disabled, exhausted and used codes answer ' +
    'alike; only of a code that could be redeemed does `code_conditions_not_met` name what is not met. 503: other customers ' +
    'were faster a dozen times in a row; nothing was reserved and it is safe to repeat.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    code: z.string().trim().min(1).max(MAX_TYPED_CODE_LENGTH).meta({ example: 'TALLY10' }),
    customerId: referenceSchema,
    spend: moneySchema.strict().optional().meta({ description: 'The basket, as the discount applies to it.' }),
    isNewCustomer: z
      .boolean()
      .optional()
      .meta({ description: 'As you know it. A customer with a recorded sale is not new, whatever is sent.' }),
  }),
  status: 201,
  response: redemptionAnswerSchema,
});
