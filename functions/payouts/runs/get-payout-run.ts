import { readRun } from '#functions/payouts/composition';
import { runAnswer } from '#functions/payouts/runs/run-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';

export const getPayoutRun: HttpHandler<typeof getPayoutRunRoute> = async ({ params }) =>
  runAnswer(await readRun(params.programId, params.runId));

export const handler = httpFunction(getPayoutRunRoute, getPayoutRun);
