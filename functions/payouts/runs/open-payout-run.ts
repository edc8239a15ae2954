import { caller, idempotency, openRun } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { openPayoutRunRoute } from '#shared/contracts/payouts/runs/open-payout-run';

export const openPayoutRun: HttpHandler<typeof openPayoutRunRoute> = async ({ params, body }, context) => {
  const { runId, period, attempt, status } = await openRun({
    programId: params.programId,
    period: body.period,
    ...caller(context),
    requestId: context.newId,
  });
  return { runId, period, attempt, status };
};

export const handler = httpFunction(openPayoutRunRoute, openPayoutRun, { idempotency });
