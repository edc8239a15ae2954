import { disputeAnswer } from '#functions/partners/dispute-answers';
import { list, viewerOf } from '#functions/partners/dispute-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listDisputesRoute } from '#shared/contracts/partners/list-disputes';

export const listDisputes: HttpHandler<typeof listDisputesRoute> = async ({ params, query }, context) => {
  const viewer = await viewerOf(context, params.programId);
  const { items, nextCursor } = await list({ ...params, ...query });
  return { items: items.map((dispute) => disputeAnswer(dispute, viewer)), nextCursor };
};

export const handler = httpFunction(listDisputesRoute, listDisputes);
