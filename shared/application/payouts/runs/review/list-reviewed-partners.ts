import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { ReviewFlag, ReviewOutcome, ReviewRow } from '#shared/domain/run/review';
import { compareRows, type ReviewOrder } from '#shared/domain/run/review-order';
import { makeGetPayoutRun } from '../get-payout-run.ts';
import { reviewOf } from './get-run-review.ts';
import type { ReviewOfRun, RunReviews } from './review-ports.ts';

/** Pages that one answer reads: a filter that matches little answers a short page with a cursor. */
const MAX_PAGES = 100;

export type ListReviewedPartners = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly outcome?: ReviewOutcome | undefined;
  readonly flag?: ReviewFlag | undefined;
  readonly currency?: Currency | undefined;
  /** A part of the partner id. */
  readonly q?: string | undefined;
  /** These partners; with `q` those that it finds too. */
  readonly partnerIds?: readonly string[] | undefined;
  readonly sort?: ReviewOrder | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<ReviewRow>>;

type Matches = (row: ReviewRow) => boolean;

/** Where the next page starts: at this row of this stored page. */
type Position = { readonly shard: string; readonly ordinal: number; readonly index: number };

/**
 * The rows of a run's review, those that match all filters: by partner, or sorted. What is sorted is read whole for each page.
 * @throws Failure not_found; report_too_large for more rows than are sorted; invalid_request for a cursor that this list did not give
 */
export function makeListReviewedPartners(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  reviews: Pick<RunReviews, 'pages'>;
}): ListReviewedPartners {
  const getRun = makeGetPayoutRun(deps);

  const byPartner = async (review: ReviewOfRun, matches: Matches, limit: number, cursor: string | undefined) => {
    const from = cursor === undefined ? undefined : decode(cursor);
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

  const sorted = async (
    review: ReviewOfRun,
    matches: Matches,
    { sort, limit, cursor }: { sort: Exclude<ReviewOrder, 'partner'>; limit: number; cursor: string | undefined },
  ) => {
    const from = cursor === undefined ? 0 : decodeOffset(cursor, sort);
    const found: ReviewRow[] = [];
    let pages = 0;
    for await (const { rows } of deps.reviews.pages(review)) {
      if (pages === MAX_PAGES) throw tooMany();
      pages += 1;
      found.push(...rows.filter(matches));
    }
    const items = found.toSorted(compareRows(sort)).slice(from, from + limit);
    const next = from + items.length;
    return { items, ...(next < found.length ? { nextCursor: encodeOffset(next, sort) } : {}) };
  };

  return async ({ programId, runId, cursor, limit, sort = 'partner', ...wanted }) => {
    const review = reviewOf(await getRun(programId, runId));
    const matches = matching(wanted);
    return sort === 'partner'
      ? byPartner(review, matches, limit, cursor)
      : sorted(review, matches, { sort, limit, cursor });
  };
}

function matching({
  outcome,
  flag,
  currency,
  q,
  partnerIds,
}: Pick<Parameters<ListReviewedPartners>[0], 'outcome' | 'flag' | 'currency' | 'q' | 'partnerIds'>): Matches {
  const part = q?.trim().toLowerCase() || undefined;
  const named = partnerIds && new Set(partnerIds);
  const isWanted = ({ partnerId }: ReviewRow): boolean =>
    (part === undefined && named === undefined) ||
    (part !== undefined && partnerId.toLowerCase().includes(part)) ||
    (named?.has(partnerId) ?? false);
  return (row) =>
    (outcome === undefined || row.outcome === outcome) &&
    (flag === undefined || row.flags.includes(flag)) &&
    (currency === undefined || row.currency === currency) &&
    isWanted(row);
}

function tooMany(): Failure {
  return new Failure(
    'report_too_large',
    'Too many rows to sort: leave the sort out, or read the pages and sort them yourself.',
  );
}

function encodeOffset(offset: number, sort: ReviewOrder): string {
  return Buffer.from(`${sort}~${offset}`).toString('base64url');
}

function decodeOffset(cursor: string, sort: ReviewOrder): number {
  const [, of, offset] = /^([a-z]+)~(\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (of === sort && encodeOffset(Number(offset), sort) === cursor) return Number(offset);
  throw badCursor();
}

function encode({ shard, ordinal, index }: Position): string {
  return Buffer.from(`${shard}~${ordinal}~${index}`).toString('base64url');
}

function decode(cursor: string): Position {
  const match = /^(\d{1,12})~(\d{1,6})~(\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [, shard = '', ordinal, index] = match ?? [];
  const position = { shard, ordinal: Number(ordinal), index: Number(index) };
  if (match && encode(position) === cursor) return position;
  throw badCursor();
}

function badCursor(): Failure {
  return new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
