import { Temporal } from 'temporal-polyfill';
import type { VectorCase } from './vector-file.ts';

/**
 * The facts of a case as the prose of shared/domain/README.md reads, straight and slow: rules 1 to 4. It shares no code
 * with the engine, not even rounding or calendar, so that the two can only agree by both being right.
 */

export type CaseHistory = VectorCase['history'];
export type CaseConversion = CaseHistory['conversions'][number];
export type CasePlan = CaseHistory['planHistory'][number];
export type CaseRefund = CaseHistory['refunds'][number] & { readonly period: string };

export type CaseSale = CaseConversion & {
  readonly period: string;
  readonly base: bigint;
  readonly firstAt: string;
  readonly isFirst: boolean;
  readonly lateRefunds: readonly CaseRefund[];
};

export type Terms<T> = readonly { readonly from: string; readonly endsAt?: string | undefined; readonly term: T }[];

const text = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });

export function nextMonth(period: string): string {
  return Temporal.PlainYearMonth.from(period).add({ months: 1 }).toString();
}

/** First instant of a day of the month, counted from 0; of the month itself for 0. */
export function startOfDay(period: string, zone: string, day = 0): string {
  const date = Temporal.PlainYearMonth.from(period).toPlainDate({ day: 1 }).add({ days: day });
  return text(date.toZonedDateTime({ timeZone: zone }).toInstant());
}

export function daysOf(period: string): number {
  return Temporal.PlainYearMonth.from(period).daysInMonth;
}

/** A duration later on the wall clock. */
export function later(at: string, duration: { days?: number; months?: number }, zone: string): string {
  const wall = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return text(wall.add(duration).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant());
}

function monthOf(at: string, zone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString();
}

function firstOpen(period: string, closedThrough: string | undefined): string {
  return closedThrough !== undefined && period <= closedThrough ? nextMonth(closedThrough) : period;
}

export function periodOfFact(
  fact: { readonly occurredAt: string; readonly closedThroughAtRecording?: string | undefined },
  zone: string,
  holdDays = 0,
): string {
  const matured = holdDays === 0 ? fact.occurredAt : later(fact.occurredAt, { days: holdDays }, zone);
  return firstOpen(monthOf(matured, zone), fact.closedThroughAtRecording);
}

/** Terms in the order recorded, each with the instant at which it took effect. */
export function effective<
  T extends {
    readonly from: string;
    readonly endsAt?: string | undefined;
    readonly closedThroughAtRecording?: string | undefined;
  },
>(terms: readonly T[], zone: string): Terms<T> {
  return terms.map((term) => {
    const closed = term.closedThroughAtRecording;
    const earliest = closed === undefined ? '' : startOfDay(nextMonth(closed), zone);
    const from = term.from < earliest ? earliest : term.from;
    const endsAt = term.endsAt !== undefined && term.endsAt < earliest ? earliest : term.endsAt;
    return { from, endsAt, term };
  });
}

/** Of the terms that have begun the one that began last; of several at one instant the last recorded. */
export function lastBegun<T>(terms: Terms<T>, at: string): Terms<T>[number] | undefined {
  let found: Terms<T>[number] | undefined;
  for (const term of terms) if (term.from <= at && (found === undefined || term.from >= found.from)) found = term;
  return found;
}

const inOrder = (a: readonly string[], b: readonly string[]): number => {
  const different = a.findIndex((part, index) => part !== b[index]);
  if (different < 0) return 0;
  return (a[different] as string) < (b[different] as string) ? -1 : 1;
};

export function sortedBy<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): T[] {
  return [...items].sort((a, b) => inOrder(keyOf(a), keyOf(b)));
}

/** Every sale with its period, its base after netting, its customer's first purchase and its late refunds in order. */
export function salesOf(history: CaseHistory): readonly CaseSale[] {
  const { timeZone: zone, holdDays } = history.program;
  const dated = history.conversions.map((sale) => ({ ...sale, period: periodOfFact(sale, zone, holdDays) }));
  const taken: CaseRefund[] = [];
  for (const refund of history.refunds) {
    const sale = dated.find(({ id }) => id === refund.conversionId);
    if (sale === undefined || refund.amountMinor <= 0n) continue;
    const before = taken.filter(({ conversionId }) => conversionId === sale.id).map(({ amountMinor }) => amountMinor);
    if (total(before) + refund.amountMinor > sale.amountMinor) continue;
    taken.push({ ...refund, period: periodOfFact(refund, zone) });
  }
  return dated.map((whole) => {
    const sale = { ...whole, amountMinor: splitPart(whole.amountMinor, whole.credit) };
    const own = ownRefunds(taken, whole);
    const netted = own.filter(({ period }) => period <= sale.period);
    const bought = dated.filter(({ customerId, amountMinor }) => customerId === sale.customerId && amountMinor > 0n);
    const [first] = sortedBy(bought, ({ period, occurredAt, id }) => [period, occurredAt, id]);
    const supplied = history.customerFirstPurchaseAt[sale.customerId];
    const isSupplied = first !== undefined && supplied !== undefined && supplied < first.occurredAt;
    return {
      ...sale,
      base: sale.amountMinor - total(netted.map(({ amountMinor }) => amountMinor)),
      firstAt: isSupplied ? supplied : (first?.occurredAt ?? ''),
      isFirst: !isSupplied && first?.id === sale.id,
      lateRefunds: sortedBy(
        own.filter(({ period }) => period > sale.period),
        ({ period, occurredAt, id }) => [period, occurredAt, id],
      ),
    };
  });
}

/** What the refunds of a sale take from the partner's part of it, without those that take nothing. */
function ownRefunds(taken: readonly CaseRefund[], { id, credit }: CaseConversion): readonly CaseRefund[] {
  let refunded = 0n;
  return taken
    .filter(({ conversionId }) => conversionId === id)
    .map((refund) => {
      const before = splitPart(refunded, credit);
      refunded += refund.amountMinor;
      return { ...refund, amountMinor: splitPart(refunded, credit) - before };
    })
    .filter(({ amountMinor }) => amountMinor > 0n);
}

/** One part of an amount: from the last part down, the parts before it get their share of what is left, to the nearest. */
export function splitPart(amount: bigint, credit: CaseConversion['credit']): bigint {
  if (credit === undefined) return amount;
  let left = amount;
  let bps = 10_000n;
  for (let part = credit.sharesBps.length - 1; part >= 0; part -= 1) {
    const before = bps - BigInt(credit.sharesBps[part] as number);
    const rest = rounded(left * before, bps);
    if (part === credit.part) return left - rest;
    left = rest;
    bps = before;
  }
  return 0n;
}

export function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** The nearest whole number; of two equally near the even one. */
export function rounded(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n) return -rounded(-numerator, denominator);
  const below = numerator / denominator;
  const toBelow = numerator - below * denominator;
  const toAbove = (below + 1n) * denominator - numerator;
  if (toBelow !== toAbove) return toBelow < toAbove ? below : below + 1n;
  return below % 2n === 0n ? below : below + 1n;
}
