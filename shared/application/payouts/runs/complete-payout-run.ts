import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { payoutIdOf } from '#shared/domain/ledger/money-ids';
import type { RunFailure } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';
import { type WaitingLists, waitingListOf } from './waiting-lists.ts';

/** A list of failures names so many payouts; the rest is counted. */
const MAX_NAMED = 20;
const FAILED = new Set(['failed', 'returned', 'unknown']);

export type CompletePayoutRun = (input: {
  readonly programId: string;
  readonly runId: string;
}) => Promise<{ readonly status: 'completed' | 'completed_with_failures' }>;

/**
 * Ends a run whose payouts were all handed to their rails. What a rail refused, sent back or has not answered is named; its
 * money is part of the next run. A repeat changes nothing.
 */
export function makeCompletePayoutRun(deps: {
  runs: Pick<PayoutRuns, 'get' | 'advance'>;
  shards: Pick<RunShards, 'results'>;
  waitingLists: Pick<WaitingLists, 'all'>;
  payouts: Pick<Payouts, 'getMany'>;
  clock: Clock;
}): CompletePayoutRun {
  return async ({ programId, runId }) => {
    const run = await deps.runs.get(programId, runId);
    if (!run) throw new Error(`there is no run ${runId}`);
    if (run.status === 'completed' || run.status === 'completed_with_failures') return { status: run.status };
    const failed: string[] = [];
    const note = async (payoutIds: readonly string[]): Promise<void> => {
      for (const payout of await deps.payouts.getMany(programId, payoutIds)) {
        if (FAILED.has(payout.status)) failed.push(`${payout.payoutId} ${payout.status}`);
      }
    };
    for await (const { statements } of deps.shards.results(programId, runId)) {
      const payoutIds = statements
        .filter((statement) => statement.payableMinor > 0n && !run.holds.includes(statement.partnerId))
        .map((statement) => payoutIdOf(statement.statementId));
      await note(payoutIds);
    }
    await note((await waitingListOf(deps.waitingLists, run)).map(({ payoutId }) => payoutId));
    const status = failed.length > 0 ? 'completed_with_failures' : 'completed';
    const failures = failed.length > 0 ? [...run.failures, failureOf(failed)] : run.failures;
    if (!(await deps.runs.advance(programId, runId, status, { failures }))) {
      throw new Error(`run ${runId} is ${run.status} and cannot be completed`);
    }
    return { status };
  };

  function failureOf(failed: readonly string[]): RunFailure {
    const named = failed.toSorted().slice(0, MAX_NAMED).join(', ');
    const more = failed.length > MAX_NAMED ? ` and ${failed.length - MAX_NAMED} more` : '';
    const count = failed.length === 1 ? '1 payout' : `${failed.length} payouts`;
    return { at: toInstant(deps.clock()), during: 'submitting', reason: `${count}: ${named}${more}` };
  }
}
