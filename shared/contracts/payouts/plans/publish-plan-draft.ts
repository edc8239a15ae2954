import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { planSchema } from '#shared/contracts/payouts/plans/plan';
import { revisionSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { defineRoute } from '#shared/contracts/route';

export const publishPlanDraftRoute = defineRoute({
  name: 'publish-plan-draft',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/plan-drafts/{draftId}/publish',
  summary: 'Publish a draft as a plan version, for ever',
  description:
    'Publishes what the draft holds at `revision` and closes it; another revision answers 409 `plan_draft_changed`. A repeat with the same version and revision answers 200.',
  access: ['admin', 'partner_manager'],
  params: z.object({ programId: idSchema, draftId: idSchema }),
  body: z.strictObject({ version: z.int().min(1).max(1_000_000), revision: revisionSchema }),
  status: 201,
  response: planSchema,
});
