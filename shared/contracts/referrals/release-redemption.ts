import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { redemptionAnswerSchema } from '#shared/contracts/referrals/redeem-code';
import { defineRoute } from '#shared/contracts/route';

export const releaseRedemptionRoute = defineRoute({
  name: 'release-redemption',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/redemptions/{redemptionId}/release',
  summary: 'Release a reserved code: there was no order',
  description: 'Safe to repeat. 409 when the reservation was confirmed before.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema, redemptionId: idSchema }),
  status: 200,
  response: redemptionAnswerSchema,
});
