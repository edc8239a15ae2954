import { caller, readRun } from '#functions/payouts/composition';
import { weighForCaller } from '#functions/payouts/runs/decision-composition';
import { runAnswer } from '#functions/payouts/runs/run-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';

export const getPayoutRun: HttpHandler<typeof getPayoutRunRoute> = async ({ params }, context) => {
  const run = await readRun(params.programId, params.runId);
  const { by } = caller(context);
  const { kind, signedInAt } = context.principal ?? {};
  const yourDecision = await weighForCaller(run, { by, signedInAt, isPerson: kind === 'person' });
  return { ...runAnswer(run), yourDecision };
};

export const handler = httpFunction(getPayoutRunRoute, getPayoutRun);
