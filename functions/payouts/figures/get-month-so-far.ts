import { ownPartners } from '#functions/payouts/composition';
import { figureReads } from '#functions/payouts/figures/figures-composition';
import { monthAnswer } from '#functions/payouts/figures/month-answer';
import { boxOfRequest } from '#functions/payouts/figures/request-box';
import { requestFigures } from '#functions/payouts/figures/request-figures';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeGetMonthSoFar } from '#shared/application/payouts/figures/get-month-so-far';
import { getMonthSoFarRoute } from '#shared/contracts/payouts/figures/get-month-so-far';

const read = makeGetMonthSoFar({ ...figureReads, request: requestFigures });

export const getMonthSoFar: HttpHandler<typeof getMonthSoFarRoute> = async ({ params, query }, context) => {
  const month = await read({ ...params, ...query }, boxOfRequest());
  const { timeZone } = await figureReads.programs.get(params.programId);
  return monthAnswer(month, timeZone, ownPartners(context, params.programId) !== undefined);
};

export const handler = httpFunction(getMonthSoFarRoute, getMonthSoFar);
