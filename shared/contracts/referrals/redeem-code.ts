import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

const MAX_TYPED_CODE_LENGTH = 64;

export const redemptionAnswerSchema = z.object({
  redemptionId: z.string(),
  code: z.string(),
  customerId: z.string(),
  partnerId: z.string(),
  status: z.enum(['reserved', 'confirmed', 'released']),
  expiresAt: z.string().optional().meta({ description: 'Confirm before this time, or the reservation lapses.' }),
});

export const redeemCodeRoute = defineRoute({
  name: 'redeem-code',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/redemptions',
  summary: 'Reserve a code for a customer',
  description:
    'Confirm the reservation when the order is placed, release it when it is not. A customer redeems a code once; ' +
    'asking again while it is reserved answers 200 with the same reservation. Unknown, expired, disabled and exhausted codes answer alike.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    code: z.string().trim().min(1).max(MAX_TYPED_CODE_LENGTH).meta({ example: 'TALLY10' }),
    customerId: referenceSchema,
  }),
  status: 201,
  response: redemptionAnswerSchema,
});
