import { caller, changePolicy } from '#functions/payouts/composition';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePayoutSourceRoute } from '#shared/contracts/payouts/programs/change-payout-source';

export const changePayoutSource: HttpHandler<typeof changePayoutSourceRoute> = async ({ params, body }, context) => {
  const policy = { payouts: { source: body } };
  return programAnswer(await changePolicy({ programId: params.programId, policy, ...caller(context) }), context);
};

export const handler = httpFunction(changePayoutSourceRoute, changePayoutSource);
