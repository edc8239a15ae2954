import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { holdDetailSchema } from '#shared/contracts/referrals/hold';
import { defineRoute } from '#shared/contracts/route';

export const getHoldRoute = defineRoute({
  name: 'get-hold',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/holds/{orderId}',
  summary: 'Read a hold with its signals, decision and records',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema, orderId: referenceSchema }),
  status: 200,
  response: holdDetailSchema,
});
