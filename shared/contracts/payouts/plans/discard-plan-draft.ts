import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { planDraftSummarySchema, revisionSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { defineRoute } from '#shared/contracts/route';

export const discardPlanDraftRoute = defineRoute({
  name: 'discard-plan-draft',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/plan-drafts/{draftId}/discard',
  summary: 'Put a plan draft aside',
  description: 'It stays readable and changes no more. A repeat answers the same.',
  access: ['admin', 'partner_manager'],
  params: z.object({ programId: idSchema, draftId: idSchema }),
  body: z.strictObject({ revision: revisionSchema }),
  status: 200,
  response: planDraftSummarySchema.omit({ brokenRules: true }),
});
