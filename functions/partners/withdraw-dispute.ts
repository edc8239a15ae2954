import { callerId } from '#functions/partners/composition';
import { disputeAnswer } from '#functions/partners/dispute-answers';
import { idempotency, viewerOf, withdraw } from '#functions/partners/dispute-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { withdrawDisputeRoute } from '#shared/contracts/partners/withdraw-dispute';

export const withdrawDispute: HttpHandler<typeof withdrawDisputeRoute> = async ({ params }, context) => {
  const viewer = await viewerOf(context, params.programId);
  const dispute = await withdraw({ ...params, by: callerId(context), onlyPartners: viewer.onlyPartners });
  return disputeAnswer(dispute, viewer);
};

export const handler = httpFunction(withdrawDisputeRoute, withdrawDispute, { idempotency });
