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
  body: z
    .strictObject({
      name: nameSchema,
      components: draftComponentsSchema.optional(),
      fromTierScheme: z.literal(true).optional().meta({
        description:
          "Instead of components, in a new draft: a share of sales at the rates that the programme's tiers suggest.",
      }),
      revision: revisionSchema.optional(),
    })
    .superRefine(({ components, fromTierScheme, revision }, context) => {
      const refuse = (path: string, message: string): void =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (!components && !fromTierScheme) refuse('components', 'is missing');
      if (components && fromTierScheme) refuse('fromTierScheme', 'must not stand beside components');
      if (fromTierScheme && revision !== undefined)
        refuse('fromTierScheme', 'must not stand beside revision: it starts a draft');
    }),
  status: 200,
  response: planDraftSchema,
});
