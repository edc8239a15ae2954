import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf, periodSchema } from '#shared/contracts/fields';
import { adjustmentSchema, adjustmentStatusSchema } from '#shared/contracts/payouts/adjustments/adjustment';
import { defineRoute } from '#shared/contracts/route';

export const listAdjustmentsRoute = defineRoute({
  name: 'list-adjustments',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/adjustments',
  summary: 'List the adjustments of a month, or those that wait for a second person',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    period: periodSchema.optional().meta({
      description: 'Default: the first open month; with `status=proposed` every month.',
    }),
    partnerId: idSchema.optional(),
    status: adjustmentStatusSchema.optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(adjustmentSchema),
});
