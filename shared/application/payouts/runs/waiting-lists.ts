import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { Digest } from '#shared/application/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { type WaitingList, type WaitingPayout, waitingText, waitsForARun } from '#shared/domain/run/waiting-payouts';
import { compareText } from '#shared/domain/time/instant';

/** Where a list is kept: under its own digest, so that it is written once and never changes. */
export type ListOfRun = { readonly programId: string; readonly runId: string; readonly waitingDigest: string };

/** Payouts of earlier runs that a run pays too, as its approvers saw them: pages by shard, beside the shards. */
export type WaitingLists = {
  /** Writing the same page again changes nothing. */
  putPage(
    list: ListOfRun,
    page: { readonly shard: string; readonly ordinal: number; readonly waiting: readonly WaitingPayout[] },
  ): Promise<void>;
  /** By shard, of one shard if given, in the order they were put; read consistently. */
  all(list: ListOfRun, shard?: string): AsyncIterable<WaitingPayout>;
};

/** A page stays far below the 400 kB of an item. */
const A_PAGE = 500;
/** Beyond these, payouts wait for the run after this one: a summary must end. */
const MAX_WAITING = 100_000;
/** Found in the index, then read consistently so many at once. */
const A_BATCH = 100;

/**
 * The payouts that wait for a run: found when a run is summarised first, and stored with it. The index may be a moment late:
 * a payout that it does not show yet waits for the next run, one that has moved on is not listed.
 * A repeat answers what was stored. Source: infra/decisions.md, what an approval pays.
 */
export type FindWaiting = (run: PayoutRun, shardOf: ReadonlyMap<string, string>) => Promise<WaitingList>;

export function makeFindWaiting(deps: {
  readonly payouts: Pick<Payouts, 'reserved' | 'getMany'>;
  readonly waitingLists: WaitingLists;
  readonly digest: Digest;
}): FindWaiting {
  return async (run, shardOf) => {
    if (run.waitingDigest !== undefined) {
      const { waitingDigest } = run;
      return { waitingDigest, waiting: await waitingListOf(deps.waitingLists, run) };
    }
    const waiting = await findAll(deps.payouts, run, shardOf);
    const waitingDigest = deps.digest(waitingText(waiting));
    const list = { programId: run.programId, runId: run.runId, waitingDigest };
    for (const [shard, ofShard] of Map.groupBy(waiting, ({ partnerId }) => shardOf.get(partnerId) ?? '')) {
      for (let from = 0; from < ofShard.length; from += A_PAGE) {
        const page = { shard, ordinal: from / A_PAGE, waiting: ofShard.slice(from, from + A_PAGE) };
        await deps.waitingLists.putPage(list, page);
      }
    }
    return { waitingDigest, waiting };
  };
}

/** The whole list of a run; empty for a run from before there were lists. */
export async function waitingListOf(
  lists: Pick<WaitingLists, 'all'>,
  { programId, runId, waitingDigest }: Pick<PayoutRun, 'programId' | 'runId' | 'waitingDigest'>,
  shard?: string,
): Promise<readonly WaitingPayout[]> {
  const waiting: WaitingPayout[] = [];
  if (waitingDigest === undefined) return waiting;
  for await (const payout of lists.all({ programId, runId, waitingDigest }, shard)) waiting.push(payout);
  return waiting;
}

async function findAll(
  payouts: Pick<Payouts, 'reserved' | 'getMany'>,
  run: PayoutRun,
  shardOf: ReadonlyMap<string, string>,
): Promise<readonly WaitingPayout[]> {
  let first: string | undefined;
  let last: string | undefined;
  for (const partnerId of shardOf.keys()) {
    if (first === undefined || partnerId < first) first = partnerId;
    if (last === undefined || partnerId > last) last = partnerId;
  }
  if (first === undefined || last === undefined) return [];
  const seen: string[] = [];
  for await (const payout of payouts.reserved(run.programId, { first, last })) {
    if (!shardOf.has(payout.partnerId) || !waitsForARun(payout, run)) continue;
    seen.push(payout.payoutId);
    if (seen.length >= MAX_WAITING) break;
  }
  const waiting: WaitingPayout[] = [];
  for (let from = 0; from < seen.length; from += A_BATCH) {
    for (const payout of await payouts.getMany(run.programId, seen.slice(from, from + A_BATCH))) {
      const { payoutId, partnerId, currency, amountMinor } = payout;
      if (waitsForARun(payout, run)) waiting.push({ payoutId, partnerId, currency, amountMinor });
    }
  }
  return waiting.sort((a, b) => compareText(a.payoutId, b.payoutId));
}
