import { callerId } from '#functions/payouts/composition';
import { saveDraft } from '#functions/payouts/plans/plan-draft-composition';
import { draftFromTiers } from '#functions/payouts/plans/tier-draft-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { savePlanDraftRoute } from '#shared/contracts/payouts/plans/save-plan-draft';

export const savePlanDraft: HttpHandler<typeof savePlanDraftRoute> = async ({ params, body }, context) => {
  const { fromTierScheme: _, components = await draftFromTiers(params.programId), ...rest } = body;
  const saving = { ...params, ...rest, components, by: callerId(context) };
  const { created, draft, brokenRules } = await saveDraft(saving);
  return reply(created ? 201 : 200, { body: { ...draft, brokenRules } });
};

export const handler = httpFunction(savePlanDraftRoute, savePlanDraft);
