import type { HeldSalesReader } from '#shared/application/held-sales';
import type { PayeeOnRecord } from '#shared/application/partner-terms';
import type { PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import { isInForce } from '#shared/application/payouts/holds/payout-hold-ports';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { RailsSetUp } from '#shared/application/payouts/paying/rails-set-up';
import type { PayoutRuns, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { PayoutRail } from '#shared/domain/ledger/payout';
import { railProblemOf } from '#shared/domain/ledger/rail-limits';
import type { Currency } from '#shared/domain/money/money';
import type { MerkleLeaf } from '#shared/domain/run/merkle';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { type ReviewRow, reviewRow } from '#shared/domain/run/review';
import { makeReviewTally, pageLeaf, type ReviewHeader, reviewRoot } from '#shared/domain/run/review-summary';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import { compareText, type Instant, toInstant } from '#shared/domain/time/instant';
import { mapInOrder } from '../../concurrency.ts';
import type { WaitingLists } from '../waiting-lists.ts';
import { type PartnerFacts, partnerFacts } from './partner-facts.ts';
import type { ReviewOfRun, RunReviews } from './review-ports.ts';
import { type PaidBefore, readRunsBefore } from './runs-before.ts';

/** A page stays far below the 400 kB of an item: a row is a kilobyte at most. */
const ROWS_A_PAGE = 200;
/**
 * Shards whose payees are read and whose pages are written at once: a million partners are 20,000 shards, and their pages go into
 * one partition of the table, which takes a thousand units a second.
 */
const SHARDS_AT_ONCE = 4;
/** A row names so many holds: more say nothing more. */
export const MAX_NAMED_HOLDS = 10;

export type ReviewDeps = {
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly shards: Pick<RunShards, 'results'>;
  readonly reviews: RunReviews;
  readonly waitingLists: Pick<WaitingLists, 'all'>;
  readonly payouts: Pick<Payouts, 'getMany'>;
  readonly holds: Pick<PayoutHolds, 'all'>;
  readonly heldSales: HeldSalesReader;
  /** By partner, how many of its disputes wait for an end. */
  readonly openDisputes: { count(programId: string): Promise<ReadonlyMap<string, number>> };
  /** Payees without their details, of those partners that have one; read consistently. */
  readonly payees: {
    payeesOnRecord(programId: string, partnerIds: readonly string[]): Promise<ReadonlyMap<string, PayeeOnRecord>>;
  };
  readonly railsSetUp: RailsSetUp;
  readonly digest: Digest;
  readonly clock: Clock;
};

/** What the run remembers of its review. */
export type ReviewRef = { readonly asOf: Instant; readonly root: string };

/**
 * Makes the review of a run: of each partner and currency what is paid, or why it is excluded, and what an approver should look at.
 * Facts are read once and stored as they were read; what follows from them is stored too, so that what people saw can be proved.
 * Memory grows with what waits and with the pages, not with the rows. A try that is cut short leaves pages that nothing refers to.
 */
export type BuildReview = (
  program: Program,
  run: PayoutRun,
  last: PayoutRun | undefined,
  waiting: readonly WaitingPayout[],
) => Promise<ReviewRef>;

export function makeBuildReview(deps: ReviewDeps): BuildReview {
  return async (program, run, last, waiting) => {
    const { programId, runId } = run;
    const before = await readRunsBefore(deps, run, last);
    const review: ReviewOfRun = { programId, runId, asOf: toInstant(deps.clock()) };
    const header: ReviewHeader = {
      asOf: review.asOf,
      changeFlagPercent: program.payouts.changeFlagPercent,
      policyVersion: program.policyVersion,
      ...(last ? { lastRunId: last.runId } : {}),
      ...(before.attemptRunId === undefined ? {} : { attemptBefore: before.attemptRunId }),
    };
    const facts = await factsOfRun(deps, review, run, waiting);
    const tally = makeReviewTally();
    const leaves: MerkleLeaf[] = [];
    const shards = deps.shards.results(programId, runId);
    const made = mapInOrder(shards, SHARDS_AT_ONCE, async ({ shard, statements }) => {
      const rows = await rowsOfShard(deps, header, facts, before, statements);
      return { rows, leaves: await putPages(deps, review, shard, rows) };
    });
    for await (const ofShard of made) {
      for (const row of ofShard.rows) tally.add(row);
      leaves.push(...ofShard.leaves);
    }
    const summary = { header, totals: tally.totals() };
    await deps.reviews.putSummary(review, summary);
    return { asOf: review.asOf, root: reviewRoot(summary, leaves, deps.digest) };
  };

  async function rowsOfShard(
    { payees }: ReviewDeps,
    header: ReviewHeader,
    facts: FactsOfRun,
    before: Awaited<ReturnType<typeof readRunsBefore>>,
    statements: readonly StatementSummary[],
  ): Promise<readonly ReviewRow[]> {
    const byPartner = Map.groupBy(statements, ({ partnerId }) => partnerId);
    const partnerIds = [...byPartner.keys()].sort(compareText);
    // Asked before anything is awaited: shards come here in their order, and the runs before are read in it.
    const [known, earlier] = await Promise.all([
      payees.payeesOnRecord(facts.programId, partnerIds),
      before.ofPartners(partnerIds),
    ]);
    return partnerIds.flatMap((partnerId) => {
      const payee = known.get(partnerId);
      const partner: PartnerFacts = {
        partnerId,
        statements: byPartner.get(partnerId) ?? [],
        waiting: facts.waiting.get(partnerId) ?? [],
        payee,
        standingHolds: facts.holds.get(partnerId) ?? [],
        openDisputes: facts.disputes.get(partnerId) ?? 0,
        heldSales: facts.heldSales.get(partnerId) ?? [],
        earlier: earlier.get(partnerId) ?? NOTHING_EARLIER,
        hasLast: header.lastRunId !== undefined,
        hasAttemptBefore: header.attemptBefore !== undefined,
        railProblem: payee && ((payment) => railProblemOf(facts.railsSetUp, payee.rail, payment)),
      };
      return partnerFacts(partner).map((one) => reviewRow(one, header));
    });
  }
}

/** Stores the rows of a shard, and answers what stands for them in the review's root. */
async function putPages(
  { reviews, digest }: Pick<ReviewDeps, 'reviews' | 'digest'>,
  review: ReviewOfRun,
  shard: string,
  rows: readonly ReviewRow[],
): Promise<readonly MerkleLeaf[]> {
  const leaves: MerkleLeaf[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_PAGE) {
    const page = { shard, ordinal: from / ROWS_A_PAGE, rows: rows.slice(from, from + ROWS_A_PAGE) };
    await reviews.putPage(review, page);
    leaves.push(pageLeaf(page, digest));
  }
  return leaves;
}

const NOTHING_EARLIER: PaidBefore = { statements: [], attempt: [], lastPaidOf: () => undefined };

type HeldSum = { readonly currency: Currency; readonly count: number; readonly amountMinor: bigint };
type FactsOfRun = {
  readonly programId: string;
  readonly railsSetUp: ReadonlySet<PayoutRail>;
  readonly waiting: ReadonlyMap<string, readonly WaitingPayout[]>;
  readonly holds: ReadonlyMap<string, readonly string[]>;
  readonly disputes: ReadonlyMap<string, number>;
  readonly heldSales: ReadonlyMap<string, readonly HeldSum[]>;
};

/** What is read for the whole run at once: lists that are short however many partners there are. */
async function factsOfRun(
  deps: ReviewDeps,
  { programId, asOf }: ReviewOfRun,
  run: PayoutRun,
  waiting: readonly WaitingPayout[],
): Promise<FactsOfRun> {
  const [railsSetUp, disputes, held, holds] = await Promise.all([
    deps.railsSetUp(programId),
    deps.openDisputes.count(programId),
    deps.heldSales.inPeriod(programId, run.period),
    holdsInForce(deps.holds, programId, asOf),
  ]);
  const heldSales = new Map<string, Map<Currency, HeldSum>>();
  for (const { partnerIds, currency, amountMinor } of held) {
    for (const partnerId of partnerIds) {
      const ofPartner = heldSales.get(partnerId) ?? new Map<Currency, HeldSum>();
      heldSales.set(partnerId, ofPartner);
      const sum = ofPartner.get(currency) ?? { currency, count: 0, amountMinor: 0n };
      ofPartner.set(currency, { currency, count: sum.count + 1, amountMinor: sum.amountMinor + amountMinor });
    }
  }
  return {
    programId,
    railsSetUp,
    waiting: Map.groupBy(waiting, ({ partnerId }) => partnerId),
    holds,
    disputes,
    heldSales: new Map([...heldSales].map(([partnerId, sums]) => [partnerId, [...sums.values()]])),
  };
}

/** By partner, the ids of the holds that kept its payouts back at an instant, in their order. */
async function holdsInForce(
  holds: Pick<PayoutHolds, 'all'>,
  programId: string,
  asOf: Instant,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for await (const hold of holds.all(programId)) {
    if (!isInForce(hold, asOf)) continue;
    const named = found.get(hold.partnerId) ?? [];
    if (named.length < MAX_NAMED_HOLDS) found.set(hold.partnerId, [...named, hold.holdId]);
  }
  return found;
}
