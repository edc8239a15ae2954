import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { codeWithUseSchema } from '#shared/contracts/tracking/get-code';

export const listCodesRoute = defineRoute({
  name: 'list-codes',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/codes',
  summary: 'List codes with their redemptions',
  description: 'By partner, then code. A partner sees its own.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: z.object({ programId: idSchema }),
  query: z.object({ partnerId: idSchema.optional(), cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(codeWithUseSchema),
});
