import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { adjustmentSchema } from '#shared/contracts/payouts/adjustments/adjustment';
import { defineRoute } from '#shared/contracts/route';

export const decideAdjustmentRoute = defineRoute({
  name: 'decide-adjustment',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/adjustments/{adjustmentId}/decisions',
  summary: 'Approve or decline a proposed adjustment, as a second person',
  description:
    'Approved, it is recorded in the month that is due then. Who approves it cannot approve the run that pays it. Nobody decides on one of their own, or for a partner that they act for.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, adjustmentId: idSchema }),
  body: z
    .strictObject({
      decision: z.enum(['approve', 'decline']),
      comment: z.string().trim().min(1).max(1000).optional().meta({ description: 'Required to decline.' }),
    })
    .refine(({ decision, comment }) => decision === 'approve' || comment !== undefined, {
      path: ['comment'],
      message: 'must be given to decline',
    }),
  status: 201,
  response: adjustmentSchema,
});
