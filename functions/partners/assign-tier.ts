import { tierAnswer } from '#functions/partners/answers';
import { callerId, idempotency } from '#functions/partners/composition';
import { assign } from '#functions/partners/programs-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { assignTierRoute } from '#shared/contracts/partners/assign-tier';

export const assignTier: HttpHandler<typeof assignTierRoute> = async ({ params, body }, context) =>
  tierAnswer(await assign({ ...body, ...params, tierTermId: context.newId, by: callerId(context) }));

export const handler = httpFunction(assignTierRoute, assignTier, { idempotency });
