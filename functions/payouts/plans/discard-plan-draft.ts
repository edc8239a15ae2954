import { callerId, idempotency } from '#functions/payouts/composition';
import { discardDraft } from '#functions/payouts/plans/plan-draft-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { discardPlanDraftRoute } from '#shared/contracts/payouts/plans/discard-plan-draft';

export const discardPlanDraft: HttpHandler<typeof discardPlanDraftRoute> = async ({ params, body }, context) => {
  const { components: _, ...draft } = await discardDraft({ ...params, ...body, by: callerId(context) });
  return draft;
};

export const handler = httpFunction(discardPlanDraftRoute, discardPlanDraft, { idempotency });
