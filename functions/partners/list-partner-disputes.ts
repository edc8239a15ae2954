import { disputeAnswer } from '#functions/partners/dispute-answers';
import { listOfPartner, viewerOf } from '#functions/partners/dispute-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPartnerDisputesRoute } from '#shared/contracts/partners/list-partner-disputes';

export const listPartnerDisputes: HttpHandler<typeof listPartnerDisputesRoute> = async ({ params, query }, context) => {
  const viewer = await viewerOf(context, params.programId);
  const { items, nextCursor } = await listOfPartner({ ...params, ...query });
  return { items: items.map((dispute) => disputeAnswer(dispute, viewer)), nextCursor };
};

export const handler = httpFunction(listPartnerDisputesRoute, listPartnerDisputes);
