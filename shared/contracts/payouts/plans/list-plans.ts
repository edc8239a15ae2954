import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { planSchema } from '#shared/contracts/payouts/plans/plan';
import { defineRoute } from '#shared/contracts/route';

export const listPlansRoute = defineRoute({
  name: 'list-plans',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/plans',
  summary: 'List published plan versions',
  access: ['admin', 'partner_manager', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(planSchema),
});
