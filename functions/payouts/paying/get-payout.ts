import { ownPartners } from '#functions/payouts/composition';
import { blockAnswer, historyAnswer, payoutAnswer } from '#functions/payouts/paying/payout-answer';
import { readPayout, resolutionAnswer } from '#functions/payouts/paying/resolution-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getPayoutRoute } from '#shared/contracts/payouts/paying/get-payout';

export const getPayout: HttpHandler<typeof getPayoutRoute> = async ({ params }, context) => {
  const own = ownPartners(context, params.programId);
  const shown = await readPayout({ ...params, ownPartners: own });
  const { payout, waitsFor, resolutions } = shown;
  const forStaff = own === undefined;
  return {
    ...payoutAnswer({ ...payout, waitsFor }),
    ...(forStaff ? { railReference: payout.railReference } : {}),
    blocked: blockAnswer(shown, forStaff),
    history: historyAnswer(shown, forStaff),
    resolutions: forStaff ? resolutions.map(resolutionAnswer) : [],
  };
};

export const handler = httpFunction(getPayoutRoute, getPayout);
