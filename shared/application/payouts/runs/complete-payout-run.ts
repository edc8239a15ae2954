import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import { payoutIdOf } from '#shared/domain/ledger/money-ids';
import type { RunFailure } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';
import { type WaitingLists, waitingListOf } from './waiting-lists.ts';

/** A list of failures names so many payouts; the rest is counted. */
const MAX_NAMED = 20;
const FAILED = new Set(['failed', 'returned', 'unknown']);

/** Where the look at a run's payouts was cut: before which shard, and what it had found. Ids, never amounts. */
export type CompletionCursor = { readonly from: string; readonly failed: number; readonly named: readonly string[] };

/** `cursor`: it was cut, to be called with it again. */
export type CompletePayoutRun = (
  input: { readonly programId: string; readonly runId: string; readonly cursor?: CompletionCursor | undefined },
  box?: TimeBox,
) => Promise<{ readonly status: 'completed' | 'completed_with_failures' } | { readonly cursor: CompletionCursor }>;

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
  return async ({ programId, runId, cursor }, box = UNLIMITED) => {
    const run = await deps.runs.get(programId, runId);
    if (!run) throw new Error(`there is no run ${runId}`);
    if (run.status === 'completed' || run.status === 'completed_with_failures') return { status: run.status };
    let failed = cursor?.failed ?? 0;
    let named = cursor?.named ?? [];
    const note = async (payoutIds: readonly string[]): Promise<void> => {
      const found = (await deps.payouts.getMany(programId, payoutIds)).filter(({ status }) => FAILED.has(status));
      failed += found.length;
      named = [...named, ...found.map(({ payoutId, status }) => `${payoutId} ${status}`)].sort().slice(0, MAX_NAMED);
    };
    let looked = false;
    for await (const { shard, statements } of deps.shards.results(programId, runId, cursor?.from)) {
      if (looked && box.isOver()) return { cursor: { from: shard, failed, named } };
      looked = true;
      const payoutIds = statements
        .filter((statement) => statement.payableMinor > 0n && !run.holds.includes(statement.partnerId))
        .map((statement) => payoutIdOf(statement.statementId));
      await note(payoutIds);
    }
    await note((await waitingListOf(deps.waitingLists, run)).map(({ payoutId }) => payoutId));
    const status = failed > 0 ? 'completed_with_failures' : 'completed';
    const failures = failed > 0 ? [...run.failures, failureOf(failed, named)] : run.failures;
    if (!(await deps.runs.advance(programId, runId, status, { failures }))) {
      throw new Error(`run ${runId} is ${run.status} and cannot be completed`);
    }
    return { status };
  };

  function failureOf(failed: number, named: readonly string[]): RunFailure {
    const more = failed > named.length ? ` and ${failed - named.length} more` : '';
    const count = failed === 1 ? '1 payout' : `${failed} payouts`;
    return { at: toInstant(deps.clock()), during: 'submitting', reason: `${count}: ${named.join(', ')}${more}` };
  }
}
