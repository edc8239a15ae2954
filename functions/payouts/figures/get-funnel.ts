import { setTimeout as pause } from 'node:timers/promises';
import { figureReads, referralsTable, statements } from '#functions/payouts/figures/figures-composition';
import { boxOfRequest } from '#functions/payouts/figures/request-box';
import { requestFigures } from '#functions/payouts/figures/request-figures';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makePartnerClicks } from '#shared/adapters/dynamodb/referrals/clicks/partner-clicks';
import { makeRedeemedDays } from '#shared/adapters/dynamodb/referrals/codes/redeemed-days';
import { makeGetFunnel } from '#shared/application/payouts/figures/get-funnel';
import { makeGetMonthSoFar } from '#shared/application/payouts/figures/get-month-so-far';
import { getFunnelRoute } from '#shared/contracts/payouts/figures/get-funnel';

const read = makeGetFunnel({
  ...figureReads,
  statements,
  clicksOf: makePartnerClicks({ ...referralsTable, pause: (ms) => pause(ms), random: Math.random }),
  redemptionsOf: makeRedeemedDays(referralsTable),
  monthSoFar: makeGetMonthSoFar({ ...figureReads, request: requestFigures }),
  request: requestFigures,
});

export const getFunnel: HttpHandler<typeof getFunnelRoute> = ({ params, query }) =>
  read({ ...params, ...query }, boxOfRequest());

export const handler = httpFunction(getFunnelRoute, getFunnel);
