import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { payoutHoldSchema } from '#shared/contracts/payouts/holds/payout-hold';
import { defineRoute } from '#shared/contracts/route';

export const listPayoutHoldsRoute = defineRoute({
  name: 'list-payout-holds',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-holds',
  summary: 'List whose payouts are kept back, by whom and why',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    partnerId: idSchema.optional(),
    state: z.enum(['in_force', 'released']).optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(payoutHoldSchema),
});
