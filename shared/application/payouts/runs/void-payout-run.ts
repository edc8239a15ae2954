import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { approvalsOf, type PayoutRun, type RunStatus } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';

/** Long enough to name the cause, short enough for a list. */
const MAX_REASON_LENGTH = 400;
const MAX_LOOKS = 3;

export type VoidPayoutRun = (input: {
  readonly programId: string;
  readonly runId: string;
  /** Why the workflow came here; `rejected` was stored together with the decision. */
  readonly outcome: 'rejected' | 'expired' | 'failed';
  readonly reason?: string | undefined;
}) => Promise<{ readonly status: RunStatus; readonly approved: boolean }>;

/**
 * Ends a run that pays nothing, and reopens its period: the drafts are void through their run, and the next attempt closes
 * the books again. A run whose approval came first is not voided: an expired one goes on, a failed one is marked, so that
 * opening it again resumes it. A repeat changes nothing.
 */
export function makeVoidPayoutRun(deps: {
  runs: Pick<PayoutRuns, 'get' | 'endUnpaid' | 'failPaid'>;
  clock: Clock;
}): VoidPayoutRun {
  return async ({ programId, runId, outcome, reason }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const run = await deps.runs.get(programId, runId);
      if (!run) throw new Error(`there is no run ${runId}`);
      const approved = run.decision === 'approve';
      const ended = ['rejected', 'expired', 'failed', 'completed', 'completed_with_failures'].includes(run.status);
      if (ended || outcome === 'rejected' || (approved && outcome === 'expired')) {
        return { status: run.status, approved: approved && !ended };
      }
      const failure = {
        at: toInstant(deps.clock()),
        reason: (reason ?? expiryOf(run)).slice(0, MAX_REASON_LENGTH),
      };
      const done = approved ? await deps.runs.failPaid(run, failure) : await deps.runs.endUnpaid(run, outcome, failure);
      if (done) return { status: approved ? 'failed' : outcome, approved: false };
    }
    throw new Error(`run ${runId} changes too often to be ended`);
  };
}

/** What a run says that nobody decided on in time, and what to do about its month. */
function expiryOf(run: PayoutRun): string {
  const { approvalsRequired, decisionTimes, period } = run;
  const until = decisionTimes ? ` by ${decisionTimes.expiresAt}` : '';
  return (
    `Nobody decided in time: ${approvalsOf(run)} of ${approvalsRequired} approvals had come${until}. ` +
    `The drafts are void and ${period} is open again: open its run anew to compute and decide on it.`
  );
}
