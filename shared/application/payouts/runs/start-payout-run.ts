import type { PayoutRuns, RunWorkflow } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';

/** Execution names take 80 characters of a small alphabet; programme ids may hold others. */
const NAME_DIGEST_DIGITS = 32;

export type StartPayoutRun = (input: { readonly programId: string; readonly runId: string }) => Promise<void>;

/**
 * Starts the workflow of a run that was opened or resumed, once an execution: its name follows from the run and when it was opened,
 * so that an event delivered twice starts nothing new, and a run that is opened anew after its table was restored is not taken for
 * the one that had its id before. A run that has ended meanwhile is left alone.
 */
export function makeStartPayoutRun(deps: {
  runs: Pick<PayoutRuns, 'get' | 'advance'>;
  workflow: Pick<RunWorkflow, 'start'>;
  digest: Digest;
  drainSeconds: number;
}): StartPayoutRun {
  const { drainSeconds } = deps;
  return async ({ programId, runId }) => {
    const run = await deps.runs.get(programId, runId);
    if (!run || !(run.status === 'open' || run.status === 'posting')) return;
    const id = deps.digest(`${programId}/${runId}/${run.openedAt}`).slice(0, NAME_DIGEST_DIGITS);
    const name = `${runId.replace('.', '-')}-${id}-${run.execution}`;
    await deps.workflow.start({ name, input: { programId, runId, drainSeconds } });
    if (run.status === 'open') await deps.runs.advance(programId, runId, 'draining');
  };
}
