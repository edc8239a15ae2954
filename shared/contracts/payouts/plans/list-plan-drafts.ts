import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { planDraftSummarySchema } from '#shared/contracts/payouts/plans/plan-draft';
import { defineRoute } from '#shared/contracts/route';

export const listPlanDraftsRoute = defineRoute({
  name: 'list-plan-drafts',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/plan-drafts',
  summary: 'List plan drafts: who saved them when, and how many rules they break',
  access: ['admin', 'partner_manager', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    status: z.enum(['open', 'published', 'discarded']).optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(planDraftSummarySchema),
});
