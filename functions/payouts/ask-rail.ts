import { askRailOf } from '#functions/payouts/ask-rail-composition';
import { idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { askRailRoute } from '#shared/contracts/payouts/ask-rail';

export const askRail: HttpHandler<typeof askRailRoute> = async ({ params }) => {
  const { answer, payout } = await askRailOf(params);
  const { state, ...said } = answer;
  return { answer: state, ...said, payoutStatus: payout.status };
};

export const handler = httpFunction(askRailRoute, askRail, { idempotency });
