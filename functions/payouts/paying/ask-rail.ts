import { idempotency } from '#functions/payouts/composition';
import { askRailOf } from '#functions/payouts/paying/ask-rail-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { askRailRoute } from '#shared/contracts/payouts/paying/ask-rail';

export const askRail: HttpHandler<typeof askRailRoute> = async ({ params }) => {
  const { answer, payout } = await askRailOf(params);
  const { state, ...said } = answer;
  return { answer: state, ...said, payoutStatus: payout.status };
};

export const handler = httpFunction(askRailRoute, askRail, { idempotency });
