import type { PayoutRuns, RunWorkflow } from '#shared/application/payouts/ports';
import type { Log } from '#shared/application/ports';

export type ResumePayoutRun = (input: { readonly programId: string; readonly runId: string }) => Promise<void>;

/**
 * Wakes the workflow that waits for a decision. It is told the decision that is stored, not the one of the event. Waking it
 * twice, or after its wait has ended, changes nothing: the workflow reads the run before it ends it.
 */
export function makeResumePayoutRun(deps: {
  runs: Pick<PayoutRuns, 'get' | 'taskToken'>;
  workflow: Pick<RunWorkflow, 'resume'>;
  log: Log;
}): ResumePayoutRun {
  return async ({ programId, runId }) => {
    const run = await deps.runs.get(programId, runId);
    const token = await deps.runs.taskToken(programId, runId);
    if (!run?.decision || !token) throw new Error(`run ${runId} has no decision or nobody waits for one`);
    if (!(await deps.workflow.resume(token, { decision: run.decision }))) {
      deps.log.warn('nobody waits for this decision any more', { programId, runId });
    }
  };
}
