import type { ReviewPage, ReviewSummary } from '#shared/domain/run/review-summary';
import type { Instant } from '#shared/domain/time/instant';

/** One reading of a run's facts. */
export type ReviewOfRun = { readonly programId: string; readonly runId: string; readonly asOf: Instant };

/** What the approvers of a run see of each partner: pages by shard, beside the shards, written once and never changed. */
export type RunReviews = {
  /** @throws Error when this reading has the page already */
  putPage(review: ReviewOfRun, page: ReviewPage): Promise<void>;
  /** After its pages: header and totals. @throws Error when this reading has them already */
  putSummary(review: ReviewOfRun, summary: ReviewSummary): Promise<void>;
  /** Read consistently. */
  summary(review: ReviewOfRun): Promise<ReviewSummary | undefined>;
  /** In their order, read consistently: of one shard, or those behind a page. */
  pages(
    review: ReviewOfRun,
    of?: {
      readonly shard?: string | undefined;
      readonly from?: { readonly shard: string; readonly ordinal: number } | undefined;
    },
  ): AsyncIterable<ReviewPage>;
};
