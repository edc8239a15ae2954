import type { PayoutRuns } from '#shared/application/payouts/ports';

export type RequestDecision = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly taskToken: string;
}) => Promise<void>;

/**
 * Puts a summarised run before its approvers and keeps the token that wakes the workflow. The token is stored first: no
 * decision can come before it.
 * @throws Error when the run was not summarised
 */
export function makeRequestDecision(deps: {
  runs: Pick<PayoutRuns, 'get' | 'advance' | 'keepTaskToken'>;
}): RequestDecision {
  return async ({ programId, runId, taskToken }) => {
    await deps.runs.keepTaskToken(programId, runId, taskToken);
    if (await deps.runs.advance(programId, runId, 'awaiting_decision')) return;
    const run = await deps.runs.get(programId, runId);
    // A repeat of this call after the decision: the token is the same, and whoever decided wakes the workflow.
    if (run?.decision === undefined)
      throw new Error(`run ${runId} is ${run?.status ?? 'unknown'} and cannot be decided`);
  };
}
