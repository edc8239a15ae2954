import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { brokenRulesSchema, draftComponentsSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { defineRoute } from '#shared/contracts/route';

export const validatePlanRoute = defineRoute({
  name: 'validate-plan',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/plan-validations',
  summary: 'Hold components against the rules of a plan, without saving them',
  description: 'For an editor while it is typed in: answers 200 with every broken rule and stores nothing.',
  access: ['admin', 'partner_manager', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ components: draftComponentsSchema }),
  status: 200,
  response: z.object({ brokenRules: brokenRulesSchema }),
});
