import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { programSchema } from '#shared/contracts/payouts/programs/program';
import { defineRoute } from '#shared/contracts/route';

export const getProgramRoute = defineRoute({
  name: 'get-program',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}',
  summary: 'Read a programme and its last closed month',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'merchant', 'partner'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: programSchema,
});
