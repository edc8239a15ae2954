import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { payoutRunSchema } from '#shared/contracts/payouts/runs/payout-run';
import { defineRoute } from '#shared/contracts/route';

export const listPayoutRunsRoute = defineRoute({
  name: 'list-payout-runs',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs',
  summary: 'List payout runs, newest first',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(payoutRunSchema),
});
