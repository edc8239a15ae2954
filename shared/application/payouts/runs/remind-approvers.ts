import type { PayoutRuns, ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { decisionTimes, waitingStep } from '#shared/domain/run/decision-times';
import { approvalsOf, type PayoutRun } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import { policyOfRun } from './policy-of-run.ts';

/** A decision and a reminder at one moment take turns: the next look sees what came first. */
const MAX_LOOKS = 4;

/** What the workflow does next: it waits so long, goes on by the decision, or ends the run. */
export type WaitingAnswer =
  | { readonly next: 'wait'; readonly waitSeconds: number }
  | { readonly next: 'approve' | 'reject' | 'expire' };

export type RemindApprovers = (input: { readonly programId: string; readonly runId: string }) => Promise<WaitingAnswer>;

/**
 * Looks after a run between two waits for its decision. Before the first one it fixes the times by the policy that the run was summarised by; after
 * each it writes down the reminder that is due, once and never behind a decision: the stream tells whom it concerns.
 * A decision that is stored counts, also when its message reached a wait that was over. A repeat answers what is left to wait.
 * @throws Error when the run does not exist, or others change it each time
 */
export function makeRemindApprovers(deps: {
  programs: Pick<ProgramStore, 'get' | 'policyChanges'>;
  runs: Pick<PayoutRuns, 'get' | 'beginWait' | 'remind'>;
  clock: Clock;
}): RemindApprovers {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, runId }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const run = await deps.runs.get(programId, runId);
      if (!run) throw new Error(`there is no run ${runId}`);
      const answer = await lookAfter(run);
      if (answer) return answer;
    }
    throw new Error(`run ${runId} changes too often to be looked after`);
  };

  /** `undefined` when the run has changed and must be looked at again. */
  async function lookAfter(run: PayoutRun): Promise<WaitingAnswer | undefined> {
    if (run.decision) return { next: run.decision };
    if (run.status !== 'summarising' && run.status !== 'awaiting_decision') return { next: 'expire' };
    const now = toInstant(deps.clock());
    if (!run.decisionTimes) {
      const { payouts } = await policyOfRun(deps.programs, await getProgram(run.programId), run);
      await deps.runs.beginWait(run.programId, run.runId, decisionTimes(payouts, now));
      return undefined;
    }
    const step = waitingStep(run.decisionTimes, run.reminders ?? [], now);
    if (step.step === 'expire') return { next: 'expire' };
    const { waitSeconds, remindAfterHours, isExpiring } = step;
    if (remindAfterHours === undefined) return { next: 'wait', waitSeconds };
    const said = { afterHours: remindAfterHours, at: now, approvals: approvalsOf(run) };
    const reminder = isExpiring ? { ...said, expiring: isExpiring } : said;
    return (await deps.runs.remind(run, reminder)) ? { next: 'wait', waitSeconds } : undefined;
  }
}
