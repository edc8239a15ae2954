import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { ReviewSummary } from '#shared/domain/run/review-summary';
import { makeGetPayoutRun } from '../get-payout-run.ts';
import type { ReviewOfRun, RunReviews } from './review-ports.ts';

export type GetRunReview = (
  programId: string,
  runId: string,
) => Promise<ReviewSummary & { readonly runId: string; readonly contentHash: string }>;

/** The sums of a run's review. @throws Failure not_found, also while the run has none, saying why */
export function makeGetRunReview(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  reviews: Pick<RunReviews, 'summary'>;
}): GetRunReview {
  const getRun = makeGetPayoutRun(deps);
  return async (programId, runId) => {
    const run = await getRun(programId, runId);
    const review = reviewOf(run);
    const summary = await deps.reviews.summary(review);
    if (!summary) throw new Error(`the review of run ${runId} of ${review.asOf} is gone`);
    return { ...summary, runId, contentHash: run.contentHash ?? '' };
  };
}

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
