import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Instant, Period } from '#shared/domain/time/instant';

/** What posting and paying need to know of a run. */
export type ApprovedRun = {
  readonly runId: string;
  readonly period: Period;
  /** When the last needed approval came. */
  readonly decidedAt: Instant;
  /** The approval covers no bank details that were changed later. */
  readonly summarisedAt: Instant;
  /** Of the list of earlier runs' payouts that were approved with it. */
  readonly waitingDigest?: string | undefined;
  /** When the facts of its review were read; absent in a run from before there were reviews. */
  readonly reviewedAt?: Instant | undefined;
  /** Partners whose payout the approvers kept back. */
  readonly holds: ReadonlySet<string>;
};

/** No money moves for a run that was not approved. @throws Failure run_not_awaiting_decision */
export async function approvedRun(
  runs: Pick<PayoutRuns, 'get'>,
  programId: string,
  runId: string,
): Promise<ApprovedRun> {
  const run = await runs.get(programId, runId);
  const decidedAt = run?.given
    .filter((given) => given.decision === 'approve')
    .map((given) => given.at)
    .sort()
    .at(-1);
  if (run?.decision !== 'approve' || decidedAt === undefined) {
    throw new Failure('run_not_awaiting_decision', `Run ${runId} is not approved: it cannot be posted or paid.`);
  }
  return {
    runId,
    period: run.period,
    decidedAt,
    summarisedAt: run.summarisedAt ?? run.openedAt,
    waitingDigest: run.waitingDigest,
    reviewedAt: run.review?.asOf,
    holds: new Set(run.holds),
  };
}
