import { periodOfConversion } from '../facts/facts.ts';
import { addCalendarDays, wallClockOf } from '../time/calendar.ts';
import { type Instant, type Period, toEpochMs, toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

/** Why a conversion is paid in its period (design.md, Commission semantics 1). */
export type PeriodReason = 'month_of_sale' | 'month_after_hold' | 'first_open_month' | 'reattributed';

export type ExplainedPeriod = {
  readonly period: Period;
  readonly reason: PeriodReason;
  /** Calendar days on the wall clock of `zone`. */
  readonly holdDays: number;
  readonly zone: string;
  /** The sale plus the hold. */
  readonly maturesAt: Instant;
  /** The day of `maturesAt` on the wall clock of `zone`, `YYYY-MM-DD`. */
  readonly maturesOn: string;
  /** The month of `maturesOn`: not the period when it was closed before the sale was recorded. */
  readonly naturalPeriod: Period;
};

/** The day that the wall clock shows at an instant, `YYYY-MM-DD`. */
export function wallDateOf(at: Instant, zone: TimeZone): string {
  return toInstant(wallClockOf(toEpochMs(at), zone)).slice(0, 10);
}

/** Says which month the sale falls in by itself, and whether that is the one it was stamped with. */
export function explainPeriod(
  sale: {
    readonly occurredAt: Instant;
    readonly period: Period;
    readonly firstPurchasePeriod?: Period | undefined;
  },
  holdDays: number,
  zone: TimeZone,
): ExplainedPeriod {
  const maturesAt = toInstant(addCalendarDays(toEpochMs(sale.occurredAt), holdDays, zone));
  const naturalPeriod = periodOfConversion(sale.occurredAt, holdDays, undefined, zone);
  const natural = holdDays === 0 ? 'month_of_sale' : 'month_after_hold';
  const recordedWith = sale.firstPurchasePeriod ?? sale.period;
  const first = recordedWith === naturalPeriod ? natural : 'first_open_month';
  return {
    period: sale.period,
    reason: sale.period === recordedWith ? first : 'reattributed',
    holdDays,
    zone: zone.id,
    maturesAt,
    maturesOn: wallDateOf(maturesAt, zone),
    naturalPeriod,
  };
}
