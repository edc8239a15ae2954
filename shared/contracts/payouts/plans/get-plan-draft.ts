import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { planDraftSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { defineRoute } from '#shared/contracts/route';

export const getPlanDraftRoute = defineRoute({
  name: 'get-plan-draft',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/plan-drafts/{draftId}',
  summary: 'See a plan draft and the rules it breaks',
  access: ['admin', 'partner_manager', 'finance', 'approver'],
  params: z.object({ programId: idSchema, draftId: idSchema }),
  status: 200,
  response: planDraftSchema,
});
