import { readDraft } from '#functions/payouts/plans/plan-draft-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getPlanDraftRoute } from '#shared/contracts/payouts/plans/get-plan-draft';

export const getPlanDraft: HttpHandler<typeof getPlanDraftRoute> = async ({ params }) => {
  const { draft, brokenRules } = await readDraft(params);
  return { ...draft, brokenRules };
};

export const handler = httpFunction(getPlanDraftRoute, getPlanDraft);
