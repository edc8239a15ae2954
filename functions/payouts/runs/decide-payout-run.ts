import { callerId, idempotency } from '#functions/payouts/composition';
import { decideRun } from '#functions/payouts/runs/decision-composition';
import { runAnswer } from '#functions/payouts/runs/run-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { decidePayoutRunRoute } from '#shared/contracts/payouts/runs/decide-payout-run';

export const decidePayoutRun: HttpHandler<typeof decidePayoutRunRoute> = async ({ params, body }, context) =>
  runAnswer(
    await decideRun({
      ...params,
      ...body,
      by: callerId(context),
      signedInAt: context.principal?.signedInAt,
      requestId: context.newId,
    }),
  );

export const handler = httpFunction(decidePayoutRunRoute, decidePayoutRun, { idempotency });
