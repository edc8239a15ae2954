import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { adjustmentSchema } from '#shared/contracts/payouts/adjustments/adjustment';
import { defineRoute } from '#shared/contracts/route';

export const getAdjustmentRoute = defineRoute({
  name: 'get-adjustment',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/adjustments/{adjustmentId}',
  summary: 'Read an adjustment and the decision on it',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema, adjustmentId: idSchema }),
  status: 200,
  response: adjustmentSchema,
});
