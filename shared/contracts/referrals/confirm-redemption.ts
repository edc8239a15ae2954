import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { redemptionAnswerSchema } from '#shared/contracts/referrals/redeem-code';
import { defineRoute } from '#shared/contracts/route';

export const confirmRedemptionRoute = defineRoute({
  name: 'confirm-redemption',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/redemptions/{redemptionId}/confirm',
  summary: 'Confirm a reserved code: the order was placed',
  description:
    'Safe to repeat; the order may be named later, not changed. 409 when the reservation was released or has lapsed: reserve again.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema, redemptionId: idSchema }),
  body: z
    .strictObject({ orderId: referenceSchema.optional().meta({ description: 'The order it was used for.' }) })
    .optional(),
  status: 200,
  response: redemptionAnswerSchema,
});
