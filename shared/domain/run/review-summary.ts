import { canonicalJson, type Plain } from '../audit/canonical-json.ts';
import type { Currency } from '../money/money.ts';
import { compareText } from '../time/instant.ts';
import { type HashText, type MerkleLeaf, merkleRoot } from './merkle.ts';
import {
  carriedMinor,
  dueMinor,
  payoutsOf,
  REVIEW_FLAGS,
  REVIEW_OUTCOMES,
  type ReviewFlag,
  type ReviewOutcome,
  type ReviewRow,
  type ReviewRules,
} from './review.ts';

/** What is compared with what: by which rules and against which runs the rows were made. */
export type ReviewHeader = ReviewRules & {
  /** The number of the programme's payout policy that was in force. */
  readonly policyVersion: number;
  /** The run of the month before; absent in a programme's first one. */
  readonly lastRunId?: string | undefined;
  /** The last earlier attempt at the same month that was reviewed. */
  readonly attemptBefore?: string | undefined;
};

export type ReviewCount = {
  readonly count: number;
  /** Sum of what is due in these rows: payable, and waiting from earlier runs. */
  readonly dueMinor: bigint;
  /** Sum of what these rows carry into the next month. */
  readonly carriedMinor: bigint;
};

/** A review in one currency. */
export type ReviewTotal = ReviewCount & {
  readonly currency: Currency;
  /** What an approval hands over: payouts and their sum. */
  readonly payouts: number;
  readonly payMinor: bigint;
  /** Every row is in exactly one of these; in their fixed order, those without rows left out. */
  readonly outcomes: readonly (ReviewCount & { readonly outcome: ReviewOutcome })[];
  /** A row may be in several of these. */
  readonly flags: readonly (ReviewCount & { readonly flag: ReviewFlag })[];
  /** Of what is paid. */
  readonly largest: readonly { readonly partnerId: string; readonly payMinor: bigint }[];
  readonly heldSales: number;
  readonly heldSalesMinor: bigint;
  /** The month before; absent without one. */
  readonly before?: { readonly earnedMinor: bigint; readonly payableMinor: bigint } | undefined;
  /** The attempt before; absent in a first one. */
  readonly attemptBefore?: { readonly payMinor: bigint; readonly earnedMinor: bigint } | undefined;
};

export type ReviewSummary = { readonly header: ReviewHeader; readonly totals: readonly ReviewTotal[] };

/** As many of the largest payouts as a person reads. */
const MAX_LARGEST = 10;

type Sums = { count: number; dueMinor: bigint; carriedMinor: bigint };
type Tally = {
  readonly all: Sums;
  readonly outcomes: Map<ReviewOutcome, Sums>;
  readonly flags: Map<ReviewFlag, Sums>;
  largest: { partnerId: string; payMinor: bigint }[];
  payouts: number;
  payMinor: bigint;
  heldSales: number;
  heldSalesMinor: bigint;
  before: { earnedMinor: bigint; payableMinor: bigint } | undefined;
  attemptBefore: { payMinor: bigint; earnedMinor: bigint } | undefined;
};

/** Adds rows up by currency, one at a time. */
export function makeReviewTally(): {
  readonly add: (row: ReviewRow) => void;
  /** By currency code. */
  readonly totals: () => readonly ReviewTotal[];
} {
  const byCurrency = new Map<Currency, Tally>();
  return {
    add: (row) => {
      const tally = byCurrency.get(row.currency) ?? emptyTally();
      byCurrency.set(row.currency, tally);
      addRow(tally, row);
    },
    totals: () =>
      [...byCurrency]
        .sort(([a], [b]) => compareText(a, b))
        .map(([currency, { all, outcomes, flags, before, attemptBefore, ...sums }]) => ({
          currency,
          ...all,
          ...sums,
          outcomes: REVIEW_OUTCOMES.flatMap((outcome) => counted('outcome', outcome, outcomes.get(outcome))),
          flags: REVIEW_FLAGS.flatMap((flag) => counted('flag', flag, flags.get(flag))),
          ...(before ? { before } : {}),
          ...(attemptBefore ? { attemptBefore } : {}),
        })),
  };
}

function counted<N extends string, V>(
  name: N,
  value: V,
  sums: Sums | undefined,
): readonly (Sums & { readonly [K in N]: V })[] {
  return sums ? [{ [name]: value, ...sums } as Sums & { readonly [K in N]: V }] : [];
}

function addRow(tally: Tally, row: ReviewRow): void {
  addTo(tally.all, row);
  addTo(sumsOf(tally.outcomes, row.outcome), row);
  for (const flag of row.flags) addTo(sumsOf(tally.flags, flag), row);
  tally.heldSales += row.heldSales;
  tally.heldSalesMinor += row.heldSalesMinor;
  if (row.before) {
    tally.before ??= { earnedMinor: 0n, payableMinor: 0n };
    tally.before.earnedMinor += row.before.earnedMinor;
    tally.before.payableMinor += row.before.payableMinor;
  }
  if (row.attemptBefore) {
    tally.attemptBefore ??= { payMinor: 0n, earnedMinor: 0n };
    tally.attemptBefore.earnedMinor += row.attemptBefore.earnedMinor;
    if (row.attemptBefore.outcome === 'pay') tally.attemptBefore.payMinor += row.attemptBefore.dueMinor;
  }
  if (row.outcome !== 'pay') return;
  tally.payouts += payoutsOf(row);
  tally.payMinor += dueMinor(row);
  const smallest = tally.largest[MAX_LARGEST - 1];
  if (smallest && dueMinor(row) < smallest.payMinor) return;
  tally.largest = [...tally.largest, { partnerId: row.partnerId, payMinor: dueMinor(row) }]
    .sort((a, b) => compareAmounts(b.payMinor, a.payMinor) || compareText(a.partnerId, b.partnerId))
    .slice(0, MAX_LARGEST);
}

function sumsOf<K>(map: Map<K, Sums>, key: K): Sums {
  const sums = map.get(key) ?? { count: 0, dueMinor: 0n, carriedMinor: 0n };
  map.set(key, sums);
  return sums;
}

function addTo(sums: Sums, row: ReviewRow): void {
  sums.count += 1;
  sums.dueMinor += dueMinor(row);
  sums.carriedMinor += carriedMinor(row);
}

function emptyTally(): Tally {
  return {
    all: { count: 0, dueMinor: 0n, carriedMinor: 0n },
    outcomes: new Map(),
    flags: new Map(),
    largest: [],
    payouts: 0,
    payMinor: 0n,
    heldSales: 0,
    heldSalesMinor: 0n,
    before: undefined,
    attemptBefore: undefined,
  };
}

function compareAmounts(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Rows that are stored and hashed together: of one shard, in its order. */
export type ReviewPage = { readonly shard: string; readonly ordinal: number; readonly rows: readonly ReviewRow[] };

const ORDINAL_DIGITS = 6;

export function pageLeaf({ shard, ordinal, rows }: ReviewPage, hash: HashText): MerkleLeaf {
  const text = canonicalJson(['tallystick/review-page/v1', rows as unknown as Plain]);
  return { id: `${shard}#${String(ordinal).padStart(ORDINAL_DIGITS, '0')}`, digest: hash(text) };
}

/** What a run's content hash covers of its review: every row, by what they were judged, and the sums that were shown. */
export function reviewRoot(summary: ReviewSummary, leaves: readonly MerkleLeaf[], hash: HashText): string {
  const { header, totals } = summary as unknown as { readonly header: Plain; readonly totals: Plain };
  return hash(canonicalJson(['tallystick/review/v1', header, merkleRoot(leaves, hash), totals]));
}
