import type { PayoutRuns } from '#shared/application/payouts/ports';

export type RequestDecision = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly taskToken: string;
}) => Promise<void>;

/** The run was decided before this wait began: nobody will return its token. The workflow reads the run instead. */
export class DecisionStored extends Error {
  override readonly name = 'DecisionStored';
}

/**
 * Puts a summarised run before its approvers and keeps the token that wakes the workflow, the one of an earlier wait is over. The
 * token is stored first and the run read then: a decision that comes later finds this token, one that came before is found here.
 * @throws DecisionStored when it was decided already; Error when the run was not summarised
 */
export function makeRequestDecision(deps: {
  runs: Pick<PayoutRuns, 'get' | 'advance' | 'keepTaskToken'>;
}): RequestDecision {
  return async ({ programId, runId, taskToken }) => {
    await deps.runs.keepTaskToken(programId, runId, taskToken);
    if (await deps.runs.advance(programId, runId, 'awaiting_decision')) return;
    const run = await deps.runs.get(programId, runId);
    if (run?.decision) throw new DecisionStored(`Run ${runId} is decided: ${run.decision}.`);
    throw new Error(`run ${runId} is ${run?.status ?? 'unknown'} and cannot be decided`);
  };
}
