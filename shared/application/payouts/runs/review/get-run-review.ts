import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { ReviewRow } from '#shared/domain/run/review';
import { type HeldBack, tallyHolds } from '#shared/domain/run/review-order';
import type { ReviewSummary, ReviewTotal } from '#shared/domain/run/review-summary';
import { makeGetPayoutRun } from '../get-payout-run.ts';
import type { ReviewOfRun, RunReviews } from './review-ports.ts';

/** What an approval pays that holds partners back. */
export type WithHolds = Pick<HeldBack, 'heldPartners' | 'heldMinor'> & {
  /** Who is paid. */
  readonly partners: number;
  readonly payouts: number;
  readonly payMinor: bigint;
};

export type ShownReview = Omit<ReviewSummary, 'totals'> & {
  readonly totals: readonly (ReviewTotal & { readonly withHolds?: WithHolds | undefined })[];
  readonly runId: string;
  readonly contentHash: string;
};

/** @param holds partners whom a decision would hold back: the totals say then what is left to pay */
export type GetRunReview = (
  programId: string,
  runId: string,
  holds?: readonly string[] | undefined,
) => Promise<ShownReview>;

/** The sums of a run's review. @throws Failure not_found, also while the run has none, saying why */
export function makeGetRunReview(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  reviews: Pick<RunReviews, 'summary' | 'pages'>;
}): GetRunReview {
  const getRun = makeGetPayoutRun(deps);
  return async (programId, runId, holds) => {
    const run = await getRun(programId, runId);
    const review = reviewOf(run);
    const summary = await deps.reviews.summary(review);
    if (!summary) throw new Error(`the review of run ${runId} of ${review.asOf} is gone`);
    const shown = { ...summary, runId, contentHash: run.contentHash ?? '' };
    if (holds === undefined) return shown;
    const held = holds.length === 0 ? new Map<string, HeldBack>() : await heldBack(deps.reviews.pages(review), holds);
    return { ...shown, totals: summary.totals.map((total) => ({ ...total, withHolds: without(total, held) })) };
  };
}

async function heldBack(
  pages: ReturnType<RunReviews['pages']>,
  holds: readonly string[],
): Promise<ReadonlyMap<string, HeldBack>> {
  const wanted = new Set(holds);
  const rows: ReviewRow[] = [];
  for await (const page of pages) rows.push(...page.rows.filter(({ partnerId }) => wanted.has(partnerId)));
  return tallyHolds(rows, wanted);
}

function without(total: ReviewTotal, tally: ReadonlyMap<string, HeldBack>): WithHolds {
  const { heldPartners, heldPayouts, heldMinor } = tally.get(total.currency) ?? NOTHING_HELD;
  const paid = total.outcomes.find(({ outcome }) => outcome === 'pay')?.count ?? 0;
  return {
    heldPartners,
    heldMinor,
    partners: paid - heldPartners,
    payouts: total.payouts - heldPayouts,
    payMinor: total.payMinor - heldMinor,
  };
}

const NOTHING_HELD: HeldBack = { heldPartners: 0, heldPayouts: 0, heldMinor: 0n };

/** Where the review of a run is. @throws Failure not_found when it has none */
export function reviewOf({ programId, runId, review, contentHash, status }: PayoutRun): ReviewOfRun {
  if (review) return { programId, runId, asOf: review.asOf };
  const why =
    contentHash === undefined
      ? `Run ${runId} is ${status}: it has its review once it is summarised.`
      : `Run ${runId} was summarised before there were reviews: read its totals and anomalies.`;
  throw new Failure('not_found', why, {
    errors: [{ pointer: 'path:runId', rule: 'must be the id of a run that has a review' }],
  });
}
