import type { OverviewFacts } from '#shared/application/partners/overview/overview';
import type { Program } from '#shared/application/programs';
import { makeSalesTally, type SalesTally, type Span } from '#shared/domain/partner/health/sales-tally';
import {
  addCalendarDays,
  laterPeriod,
  nextPeriod,
  periodOf,
  previousPeriod,
  startOfPeriod,
} from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

export const TREND_MONTHS = 12;
/** The days of the month before that a running one is compared with. */
export const SAME_DAYS = 'same_days';

/** What is counted for a dashboard: spans of time, and the months in whose facts their sales lie. */
export type Counting = {
  readonly spans: readonly Span[];
  readonly from: Instant;
  /** Of facts, the first and the last. */
  readonly first: Period;
  readonly last: Period;
};

export type Months = {
  readonly now: Instant;
  /** In which `now` lies. */
  readonly current: Period;
  readonly period: Period;
};

/**
 * Spans of a dashboard of `period`: it and the month before, this month and its like, so that health is always as of now, and
 * those of the trend where they are to be read again. A sale lies in the facts of the month in which it counts: its own, a later
 * one with a hold, or the first open one if it was recorded late.
 */
export function countingOf(
  program: Pick<Program, 'booksOpenFrom' | 'closedThrough' | 'holdDays'>,
  { now, current, period }: Months,
  zone: TimeZone,
  withTrend: boolean,
): Counting {
  const start = (of: Period): Instant => toInstant(startOfPeriod(of, zone));
  const before = previousPeriod(current);
  const months = new Set([current, before, period, previousPeriod(period), ...(withTrend ? monthsBefore(period) : [])]);
  const spans: Span[] = [...months].map((id) => ({ id, from: start(id), to: start(nextPeriod(id)) }));
  const elapsed = toEpochMs(now) - startOfPeriod(current, zone);
  const cut = toInstant(Math.min(startOfPeriod(before, zone) + elapsed, startOfPeriod(current, zone)));
  spans.push({ id: SAME_DAYS, from: start(before), to: cut });
  const first = [...months].toSorted()[0] ?? period;
  const held = periodOf(addCalendarDays(toEpochMs(now), program.holdDays, zone), zone);
  // No fact counts in a month before the books were opened.
  const firstFacts = laterPeriod(first, program.booksOpenFrom);
  return { spans, from: start(first), first: firstFacts, last: laterPeriod(held, nextPeriod(program.closedThrough)) };
}

/** The months of the trend, the oldest first. */
export function monthsBefore(period: Period): readonly Period[] {
  const months: Period[] = [];
  for (let month = previousPeriod(period); months.length < TREND_MONTHS; month = previousPeriod(month))
    months.unshift(month);
  return months;
}

/** A partner's sales, or nobody's, added up. */
export async function countSales(
  facts: Pick<OverviewFacts, 'sales'>,
  programId: string,
  partnerId: string | undefined,
  { spans, from, first, last }: Counting,
): Promise<SalesTally> {
  const tally = makeSalesTally(spans);
  for (let period = first; period <= last; period = nextPeriod(period)) {
    for await (const page of facts.sales(programId, partnerId, period, from)) for (const sale of page) tally.add(sale);
  }
  return tally;
}
