import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '../time/calendar.ts';
import { compareText, type Instant, type Period, toEpochMs } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

function openPeriod(natural: Period, closedThrough: Period | undefined): Period {
  return closedThrough === undefined ? natural : laterPeriod(natural, nextPeriod(closedThrough));
}

/**
 * The statement that a conversion belongs to: the month of `occurredAt` plus the hold on the wall clock, or the first
 * open one if that is closed. `closedThrough` is the last closed period when the fact is recorded (semantics 1).
 */
export function periodOfConversion(
  occurredAt: Instant,
  holdDays: number,
  closedThrough: Period | undefined,
  zone: TimeZone,
): Period {
  return openPeriod(periodOf(addCalendarDays(toEpochMs(occurredAt), holdDays, zone), zone), closedThrough);
}

/** The statement that a refund or an adjustment belongs to: there is no hold (semantics 1). */
export function periodOfRefundOrAdjustment(
  occurredAt: Instant,
  closedThrough: Period | undefined,
  zone: TimeZone,
): Period {
  return openPeriod(periodOf(toEpochMs(occurredAt), zone), closedThrough);
}

/** A late refund is a clawback in its own period; any other reduces its conversion's base (semantics 3). */
export function isLate(refundPeriod: Period, conversionPeriod: Period): boolean {
  return refundPeriod > conversionPeriod;
}

/**
 * Whether a refund is refused whole: it must be above zero, and with the refunds recorded before it must not bring the
 * sum above the sale (semantics 3). Minor units of the sale's currency.
 */
export function refundRefusal(
  saleMinor: bigint,
  refundedMinor: bigint,
  refundMinor: bigint,
): 'not_above_zero' | 'above_the_sale' | undefined {
  if (refundMinor <= 0n) return 'not_above_zero';
  return refundedMinor + refundMinor > saleMinor ? 'above_the_sale' : undefined;
}

/** A conversion above zero, before netting, that may be its customer's first purchase. */
export type FirstPurchaseCandidate = {
  readonly period: Period;
  readonly occurredAt: Instant;
  readonly conversionId: string;
};

/** Negative when `a` goes before `b`: the earliest period, of these the earliest sale, then id (semantics 2). */
export function compareFirstPurchases(a: FirstPurchaseCandidate, b: FirstPurchaseCandidate): -1 | 0 | 1 {
  return (
    compareText(a.period, b.period) ||
    compareText(a.occurredAt, b.occurredAt) ||
    compareText(a.conversionId, b.conversionId)
  );
}

export type FirstPurchase = { readonly at: Instant; readonly conversionId?: string | undefined };

/**
 * Where a customer's window starts and which conversion, if any, is the first purchase: a date supplied by the
 * merchant that is strictly earlier takes the conversion's place (semantics 2).
 */
export function firstPurchase(candidate: FirstPurchaseCandidate, suppliedAt: Instant | undefined): FirstPurchase {
  if (suppliedAt !== undefined && suppliedAt < candidate.occurredAt) return { at: suppliedAt };
  return { at: candidate.occurredAt, conversionId: candidate.conversionId };
}

/**
 * Which supplied date counts once `offered` arrives: the earliest, until the period of the customer's first purchase is
 * closed; from then on the one that counted (semantics 2).
 */
export function countingSuppliedDate(facts: {
  readonly current: Instant | undefined;
  readonly offered: Instant | undefined;
  readonly firstPurchasePeriod: Period | undefined;
  readonly closedThrough: Period | undefined;
}): Instant | undefined {
  const { current, offered, firstPurchasePeriod, closedThrough } = facts;
  const isClosed =
    firstPurchasePeriod !== undefined && closedThrough !== undefined && firstPurchasePeriod <= closedThrough;
  if (isClosed || offered === undefined) return current;
  return current === undefined || offered < current ? offered : current;
}
