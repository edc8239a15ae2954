import type { PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import type { PayoutRuns, ProgramStore, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';
import type { MerkleLeaf } from '#shared/domain/run/merkle';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { attemptOf, NOTHING_BEFORE, type ReviewFacts, type ReviewRow, reviewRow } from '#shared/domain/run/review';
import {
  makeReviewTally,
  pageLeaf,
  type ReviewHeader,
  type ReviewTotal,
  reviewRoot,
} from '#shared/domain/run/review-summary';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import { previousPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { policyOfRun } from '../runs/policy-of-run.ts';
import { MAX_NAMED_HOLDS } from '../runs/review/build-review.ts';
import { inPartnerOrder, nothing } from '../runs/review/in-partner-order.ts';
import { amountsOf } from '../runs/review/partner-facts.ts';
import type { RunReviews } from '../runs/review/review-ports.ts';
import { attemptBefore, rowsOf, statementsOf } from '../runs/review/runs-before.ts';
import { type Compare, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import type { PartnerLedger } from './verify-opening.ts';

export type VerifyReviewDeps = {
  readonly runs: Pick<PayoutRuns, 'get' | 'latestOf'>;
  readonly shards: Pick<RunShards, 'results'>;
  readonly reviews: Pick<RunReviews, 'summary' | 'pages'>;
  readonly holds: Pick<PayoutHolds, 'all'>;
  readonly controls: Pick<ProgramStore, 'policyChanges'>;
  readonly digest: Digest;
};

/** What the review is held against. */
type Known = {
  readonly recomputed: readonly StatementSummary[];
  readonly waiting: readonly WaitingPayout[];
  readonly ledgerOf: (partnerId: string) => Promise<PartnerLedger>;
};

/**
 * Proves the review that a run was approved with: every recomputed statement is in exactly one row with its amounts; amounts of the
 * month and the attempt before, what waited, and the holds in force are those that are stored; outcome, flags and sums follow from the
 * rows; and nothing was handed over of a row that was excluded. Payees, disputes and held sales of that moment are history: the
 * root, which the content hash covers, says what the approvers saw. Answers the root; `undefined` for a run from before there were reviews.
 */
export async function verifyReview(
  deps: VerifyReviewDeps,
  program: Program,
  run: PayoutRun,
  known: Known,
  differences: Differences,
): Promise<string | undefined> {
  if (!run.review) return undefined;
  const { programId, runId } = run;
  const { asOf } = run.review;
  const compare = differences.of('run', runId);
  const stored = await deps.reviews.summary({ programId, runId, asOf });
  if (!stored) {
    compare('review', MISSING, run.review.root);
    return MISSING;
  }
  const last = await deps.runs.latestOf(programId, previousPeriod(run.period));
  const attempt = await attemptBefore(deps.runs, run);
  const { payouts } = await policyOfRun(deps.controls, program, run);
  const header: ReviewHeader = {
    asOf,
    changeFlagPercent: payouts.changeFlagPercent,
    policyVersion: run.policyVersion ?? 0,
    ...(last ? { lastRunId: last.runId } : {}),
    ...(attempt ? { attemptBefore: attempt.runId } : {}),
  };
  compareMembers(compare, 'review, ', stored.header, header);
  const expected = await makeExpected(deps, run, last, attempt, header, known);
  const tally = makeReviewTally();
  const leaves: MerkleLeaf[] = [];
  for await (const page of deps.reviews.pages({ programId, runId, asOf })) {
    leaves.push(pageLeaf(page, deps.digest));
    for (const row of page.rows) {
      tally.add(row);
      compareMembers(compare, `review, ${row.partnerId} ${row.currency}, `, row, await expected.of(row));
      await comparePaid(run, row, known, differences);
    }
  }
  for (const { statementId, digest } of expected.left()) {
    differences.of('statement', statementId)('row of the review', MISSING, digest);
  }
  compareTotals(compare, stored.totals, tally.totals());
  const root = reviewRoot({ header, totals: tally.totals() }, leaves, deps.digest);
  compare('review, root', run.review.root, root);
  return root;
}

/** A row as it follows from what is stored; what only that moment knew is taken from the row. */
async function makeExpected(
  deps: VerifyReviewDeps,
  run: PayoutRun,
  last: PayoutRun | undefined,
  attempt: PayoutRun | undefined,
  header: ReviewHeader,
  { recomputed, waiting }: Known,
): Promise<{ of(row: ReviewRow): Promise<ReviewRow>; left(): Iterable<StatementSummary> }> {
  const left = new Map(recomputed.map((statement) => [keyOf(statement), statement]));
  const waits = Map.groupBy(waiting, keyOf);
  const holds = await holdsAround(deps.holds, run.programId, header.asOf);
  const before = inPartnerOrder(last ? statementsOf(deps, last) : nothing());
  const attempted = inPartnerOrder(attempt ? rowsOf(deps, attempt) : nothing());
  return {
    left: () => left.values(),
    async of(row) {
      const { partnerId, currency } = row;
      const statement = left.get(keyOf(row));
      left.delete(keyOf(row));
      const ofRow = waits.get(keyOf(row)) ?? [];
      const lastOne = (await before.of(partnerId)).find((one) => one.currency === currency);
      const earlier = (await attempted.of(partnerId)).find((one) => one.currency === currency);
      const { payee, railProblem, lastPaid, openDisputes, heldSales, heldSalesMinor } = row;
      const facts: ReviewFacts = {
        ...{ partnerId, currency, openDisputes, heldSales, heldSalesMinor },
        ...{ payee, railProblem, lastPaid },
        ...(statement ? { statement: amountsOf(statement) } : {}),
        waitingPayouts: ofRow.length,
        waitingMinor: ofRow.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        ...(last
          ? { before: { earnedMinor: lastOne?.earnedMinor ?? 0n, payableMinor: lastOne?.payableMinor ?? 0n } }
          : {}),
        standingHolds: plausible(row.standingHolds, holds.get(partnerId)),
        ...(attempt ? { attemptBefore: earlier ? attemptOf(earlier) : NOTHING_BEFORE } : {}),
      };
      return reviewRow(facts, header);
    },
  };
}

/** A hold that is written while a review reads may carry an instant before it: clocks differ, and a write takes its time. */
const WRITE_MS = 60_000;

type HoldsAround = { readonly surely: readonly string[]; readonly possibly: ReadonlySet<string> };

/** By partner, the holds that were in force before, at and after an instant, and those that were near it. */
async function holdsAround(
  holds: Pick<PayoutHolds, 'all'>,
  programId: string,
  asOf: Instant,
): Promise<ReadonlyMap<string, HoldsAround>> {
  const [before, after] = [-WRITE_MS, WRITE_MS].map((ms) => toInstant(Date.parse(asOf) + ms)) as [Instant, Instant];
  const found = new Map<string, { surely: string[]; possibly: Set<string> }>();
  for await (const hold of holds.all(programId)) {
    const ofPartner = found.get(hold.partnerId) ?? { surely: [], possibly: new Set() };
    found.set(hold.partnerId, ofPartner);
    const { at, release } = hold;
    if (at <= after && (release === undefined || release.at > before)) ofPartner.possibly.add(hold.holdId);
    if (at > before || (release !== undefined && release.at <= after)) continue;
    if (ofPartner.surely.length < MAX_NAMED_HOLDS) ofPartner.surely.push(hold.holdId);
  }
  return found;
}

function plausible(named: readonly string[], holds: HoldsAround | undefined): readonly string[] {
  const { surely = [], possibly = new Set() } = holds ?? {};
  const isComplete = surely.every((holdId) => named.includes(holdId)) || named.length === MAX_NAMED_HOLDS;
  return isComplete && named.every((holdId) => possibly.has(holdId)) ? named : surely;
}

/** Nothing leaves by a run of a row that its approvers saw excluded, and nothing for another payee than they saw. */
async function comparePaid(
  run: PayoutRun,
  row: ReviewRow,
  { ledgerOf }: Known,
  differences: Differences,
): Promise<void> {
  for (const payout of (await ledgerOf(row.partnerId)).payouts) {
    if (payout.submissionRunId !== run.runId || payout.currency !== row.currency) continue;
    const compare = differences.of('payout', payout.payoutId);
    if (row.outcome !== 'pay') compare(`paid by run ${run.runId}`, payout.amountMinor, row.outcome);
    else if (payout.payeeId !== undefined) compare(`payee of run ${run.runId}`, payout.payeeId, row.payee?.payeeId);
  }
}

function compareTotals(compare: Compare, stored: readonly ReviewTotal[], summed: readonly ReviewTotal[]): void {
  for (const currency of new Set([...stored, ...summed].map((total) => total.currency))) {
    const [one, other] = [stored, summed].map((totals) => totals.find((total) => total.currency === currency));
    if (one && other) compareMembers(compare, `review, total ${currency}, `, one, other);
    else compare(`review, total ${currency}`, one ? one.payMinor : MISSING, other ? other.payMinor : UNACCOUNTED);
  }
}

/** Member by member, so that what differs is named by its place. */
function compareMembers(compare: Compare, prefix: string, stored: object, expected: object): void {
  const [one, other] = [stored, expected].map((all) => new Map<string, unknown>(Object.entries(all)));
  for (const name of new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])) {
    compare(`${prefix}${name}`, textOf(one?.get(name)), textOf(other?.get(name)));
  }
}

function textOf(member: unknown): string | undefined {
  return member === undefined ? undefined : canonicalJson(member as Plain);
}

function keyOf({ partnerId, currency }: { readonly partnerId: string; readonly currency: string }): string {
  return `${partnerId}#${currency}`;
}
