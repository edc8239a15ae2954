import { readReview } from '#functions/payouts/runs/run-review-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getRunReviewRoute } from '#shared/contracts/payouts/runs/get-run-review';

export const getRunReview: HttpHandler<typeof getRunReviewRoute> = async ({ params, query }) => {
  const { header, totals, ...run } = await readReview(params.programId, params.runId, query.holds);
  return { ...run, ...header, currencies: totals };
};

export const handler = httpFunction(getRunReviewRoute, getRunReview);
