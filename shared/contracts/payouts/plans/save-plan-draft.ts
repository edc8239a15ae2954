import * as z from 'zod';
import { idSchema, nameSchema } from '#shared/contracts/fields';
import { draftComponentsSchema, planDraftSchema, revisionSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { defineRoute } from '#shared/contracts/route';

export const savePlanDraftRoute = defineRoute({
  name: 'save-plan-draft',
  service: 'payouts',
  method: 'PUT',
  path: '/v1/programs/{programId}/plan-drafts/{draftId}',
  summary: 'Save a plan draft',
  description:
    'Creates the draft without `revision` (201), or replaces exactly that revision (200). When somebody else saved in between it answers 409 `plan_draft_changed` with what is stored as `current`. A draft may break rules: the answer names each. The same content sent again is the same revision.',
  access: ['admin', 'partner_manager'],
  params: z.object({ programId: idSchema, draftId: idSchema }),
  body: z.strictObject({ name: nameSchema, components: draftComponentsSchema, revision: revisionSchema.optional() }),
  status: 200,
  response: planDraftSchema,
});
