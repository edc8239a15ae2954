import { callerId, idempotency } from '#functions/payouts/composition';
import { publishDraft } from '#functions/payouts/plans/plan-draft-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { publishPlanDraftRoute } from '#shared/contracts/payouts/plans/publish-plan-draft';

export const publishPlanDraft: HttpHandler<typeof publishPlanDraftRoute> = async ({ params, body }, context) => {
  const { created, plan } = await publishDraft({ ...params, ...body, by: callerId(context) });
  return reply(created ? 201 : 200, { body: plan });
};

export const handler = httpFunction(publishPlanDraftRoute, publishPlanDraft, { idempotency });
