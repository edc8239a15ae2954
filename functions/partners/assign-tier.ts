import { tierAnswer } from '#functions/partners/answers';
import { callerId, idempotency } from '#functions/partners/composition';
import { assign } from '#functions/partners/programs-composition';
import { hintOfTier } from '#functions/partners/tiers/hint-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { assignTierRoute } from '#shared/contracts/partners/assign-tier';

export const assignTier: HttpHandler<typeof assignTierRoute> = async ({ params, body }, context) => {
  const term = await assign({ ...body, ...params, tierTermId: context.newId, by: callerId(context) });
  return { ...tierAnswer(term), hint: await hintOfTier(params, term.tier) };
};

export const handler = httpFunction(assignTierRoute, assignTier, { idempotency });
