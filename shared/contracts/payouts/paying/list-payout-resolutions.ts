import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { payoutResolutionSchema, payoutStatusSchema } from '#shared/contracts/payouts/paying/payout-resolution';
import { defineRoute } from '#shared/contracts/route';

export const listPayoutResolutionsRoute = defineRoute({
  name: 'list-payout-resolutions',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-resolutions',
  summary: 'List what people say became of payouts, and what waits for a second person',
  description:
    'Those of the newest run first. A page may be longer than `limit`, or shorter and still have a next one.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    status: payoutResolutionSchema.shape.status.optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(
    payoutResolutionSchema.extend({
      runId: z.string(),
      partnerId: z.string(),
      currency: z.string(),
      amountMinor: z.int(),
      payoutStatus: payoutStatusSchema.meta({ description: 'Of the payout, now.' }),
    }),
  ),
});
