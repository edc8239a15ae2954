import type { Instant, Period } from '../time/instant.ts';
import { compareFirstPurchases, countingSuppliedDate, type FirstPurchaseCandidate, firstPurchase } from './facts.ts';

/** What is remembered of a customer over the whole programme. */
export type CustomerHistory = {
  /** The conversion that is the customer's first so far. */
  readonly first?: FirstPurchaseCandidate | undefined;
  /** The earliest date that the merchant supplied in time. */
  readonly suppliedAt?: Instant | undefined;
  /** The dates that have counted, each earlier than the one before it, with the sale that brought it: what was known when. */
  readonly suppliedDates?: readonly SuppliedDate[] | undefined;
};

/** A date that counted from when its sale was recorded on. */
export type SuppliedDate = {
  readonly at: Instant;
  readonly period: Period;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

/** A merchant that moves a date back again and again must not fill a customer's record: later ones count, and are not listed. */
const MAX_SUPPLIED_DATES = 20;

/**
 * What a new conversion changes in its customer's history; no member when nothing changes.
 * `first` only ever moves to an earlier (period, occurredAt, id), `suppliedAt` only to an earlier date and only while
 * the period of the first purchase is open. Source: design.md, Commission semantics 2.
 */
export function improveHistory(
  known: CustomerHistory,
  sale: FirstPurchaseCandidate & {
    readonly amountMinor: bigint;
    readonly suppliedAt?: Instant | undefined;
    /** Absent: when it occurred. */
    readonly recordedAt?: Instant | undefined;
  },
  closedThrough: Period,
): CustomerHistory {
  const isFirst = sale.amountMinor > 0n && (known.first === undefined || compareFirstPurchases(sale, known.first) < 0);
  const { period, occurredAt, conversionId } = sale;
  const first = isFirst ? { period, occurredAt, conversionId } : known.first;
  const suppliedAt = countingSuppliedDate({
    current: known.suppliedAt,
    offered: sale.suppliedAt,
    firstPurchasePeriod: first?.period,
    closedThrough,
  });
  if (suppliedAt === undefined || suppliedAt === known.suppliedAt) return isFirst ? { first } : {};
  const { recordedAt = occurredAt } = sale;
  const before = known.suppliedDates ?? [];
  const isListed = before.length < MAX_SUPPLIED_DATES;
  const suppliedDates = isListed ? [...before, { at: suppliedAt, period, occurredAt, recordedAt }] : before;
  return { ...(isFirst ? { first } : {}), suppliedAt, suppliedDates };
}

/** The first purchase that commissions see; `undefined` while the customer has bought nothing above zero and no date was supplied. */
export function firstPurchaseOf(
  history: CustomerHistory,
): { readonly at: Instant; readonly conversionId?: string | undefined } | undefined {
  const { first, suppliedAt } = history;
  if (first !== undefined) return firstPurchase(first, suppliedAt);
  return suppliedAt === undefined ? undefined : { at: suppliedAt };
}
