import type { Instant, Period } from '../time/instant.ts';
import { compareFirstPurchases, countingSuppliedDate, type FirstPurchaseCandidate, firstPurchase } from './facts.ts';

/** What is remembered of a customer over the whole programme. */
export type CustomerHistory = {
  /** The conversion that is the customer's first so far. */
  readonly first?: FirstPurchaseCandidate | undefined;
  /** The earliest date that the merchant supplied in time. */
  readonly suppliedAt?: Instant | undefined;
};

/**
 * What a new conversion changes in its customer's history; no member when nothing changes.
 * `first` only ever moves to an earlier (period, occurredAt, id), `suppliedAt` only to an earlier date and only while
 * the period of the first purchase is open. Source: design.md, Commission semantics 2.
 */
export function improveHistory(
  known: CustomerHistory,
  sale: FirstPurchaseCandidate & { readonly amountMinor: bigint; readonly suppliedAt?: Instant | undefined },
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
  return { ...(isFirst ? { first } : {}), ...(suppliedAt === known.suppliedAt ? {} : { suppliedAt }) };
}

/** The first purchase that commissions see; `undefined` while the customer has bought nothing above zero and no date was supplied. */
export function firstPurchaseOf(
  history: CustomerHistory,
): { readonly at: Instant; readonly conversionId?: string | undefined } | undefined {
  const { first, suppliedAt } = history;
  if (first !== undefined) return firstPurchase(first, suppliedAt);
  return suppliedAt === undefined ? undefined : { at: suppliedAt };
}
