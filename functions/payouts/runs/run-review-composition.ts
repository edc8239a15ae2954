import { runs, table } from '#functions/payouts/composition';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeGetRunReview } from '#shared/application/payouts/runs/review/get-run-review';
import { makeListReviewedPartners } from '#shared/application/payouts/runs/review/list-reviewed-partners';

const reviews = makeRunReviews(table);

export const readReview = makeGetRunReview({ runs, reviews });
export const readReviewedPartners = makeListReviewedPartners({ runs, reviews });
