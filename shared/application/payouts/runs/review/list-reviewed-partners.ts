import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { ReviewFlag, ReviewOutcome, ReviewRow } from '#shared/domain/run/review';
import { makeGetPayoutRun } from '../get-payout-run.ts';
import { reviewOf } from './get-run-review.ts';
import type { RunReviews } from './review-ports.ts';

/** Pages that one answer reads: a filter that matches little answers a short page with a cursor. */
const MAX_PAGES = 100;

export type ListReviewedPartners = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly outcome?: ReviewOutcome | undefined;
  readonly flag?: ReviewFlag | undefined;
  readonly currency?: Currency | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<ReviewRow>>;

/** Where the next page starts: at this row of this stored page. */
type Position = { readonly shard: string; readonly ordinal: number; readonly index: number };

/**
 * The rows of a run's review by partner, those that match all filters.
 * @throws Failure not_found; invalid_request for a cursor that this list did not give
 */
export function makeListReviewedPartners(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  reviews: Pick<RunReviews, 'pages'>;
}): ListReviewedPartners {
  const getRun = makeGetPayoutRun(deps);
  return async ({ programId, runId, cursor, limit, ...wanted }) => {
    const review = reviewOf(await getRun(programId, runId));
    const from = cursor === undefined ? undefined : decode(cursor);
    const matches = (row: ReviewRow): boolean =>
      (wanted.outcome === undefined || row.outcome === wanted.outcome) &&
      (wanted.flag === undefined || row.flags.includes(wanted.flag)) &&
      (wanted.currency === undefined || row.currency === wanted.currency);
    const items: ReviewRow[] = [];
    let pages = 0;
    for await (const { shard, ordinal, rows } of deps.reviews.pages(review, { from })) {
      if (pages === MAX_PAGES) return { items, nextCursor: encode({ shard, ordinal, index: 0 }) };
      pages += 1;
      const start = from?.shard === shard && from.ordinal === ordinal ? from.index : 0;
      for (const [index, row] of rows.entries()) {
        if (index < start || !matches(row)) continue;
        if (items.length === limit) return { items, nextCursor: encode({ shard, ordinal, index }) };
        items.push(row);
      }
    }
    return { items };
  };
}

function encode({ shard, ordinal, index }: Position): string {
  return Buffer.from(`${shard}~${ordinal}~${index}`).toString('base64url');
}

function decode(cursor: string): Position {
  const match = /^(\d{1,12})~(\d{1,6})~(\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [, shard = '', ordinal, index] = match ?? [];
  const position = { shard, ordinal: Number(ordinal), index: Number(index) };
  if (match && encode(position) === cursor) return position;
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
