import { disputeAnswer, messageAnswer } from '#functions/partners/dispute-answers';
import { read, viewerOf } from '#functions/partners/dispute-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';

export const getDispute: HttpHandler<typeof getDisputeRoute> = async ({ params }, context) => {
  const viewer = await viewerOf(context, params.programId);
  const { dispute, messages } = await read({ ...params, onlyPartners: viewer.onlyPartners });
  const shown = messages.map((message) => messageAnswer(message, viewer.isPartner));
  return { ...disputeAnswer(dispute, viewer), messages: shown };
};

export const handler = httpFunction(getDisputeRoute, getDispute);
