import { nextPeriod, startOfPeriod } from '../time/calendar.ts';
import type { Instant, Period } from '../time/instant.ts';
import { toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

/** What a statement says about its partner's debt. */
export type StatedBalance = {
  readonly period: Period;
  readonly openingBalanceMinor: bigint;
  readonly closingBalanceMinor: bigint;
  /** What both balances are without: it waited in payouts that were not sent, and is no debt. */
  readonly unsentMinor?: bigint | undefined;
};

/** What the partner's account came to with this statement: below zero it is owed to us. Minor units. */
export function closedAt({
  closingBalanceMinor,
  unsentMinor = 0n,
}: Pick<StatedBalance, 'closingBalanceMinor' | 'unsentMinor'>): bigint {
  return closingBalanceMinor + unsentMinor;
}

/**
 * Whether a debt may be older than this statement: it closed below zero and had opened below zero, unsent payouts aside.
 * Otherwise it began in this statement's period, or there is none.
 */
export function mayBeOlder(statement: StatedBalance): boolean {
  const { openingBalanceMinor, unsentMinor = 0n } = statement;
  return closedAt(statement) < 0n && openingBalanceMinor + unsentMinor < 0n;
}

/**
 * The period in which a balance last became negative: of its statements, newest first, the last of the unbroken row that
 * closed below zero. `undefined` when the newest did not. A payout that came back may lift a balance between two statements:
 * one that then opens at zero or above begins a new debt. Where unsent payouts alone took a statement below zero, no debt is
 * older than that: it came of sending them.
 */
export function becameNegativeIn(newestFirst: readonly StatedBalance[]): Period | undefined {
  let since: Period | undefined;
  for (const statement of newestFirst) {
    if (statement.closingBalanceMinor >= 0n) return since;
    since = statement.period;
    if (!mayBeOlder(statement)) return since;
  }
  return since;
}

/** From when a debt's age counts: the end of the period in which it began, on the programme's wall clock. */
export function negativeSince(period: Period, zone: TimeZone): Instant {
  return toInstant(startOfPeriod(nextPeriod(period), zone));
}

/**
 * Whether a debt that began in `period` is older than `months` at an instant: more than that many calendar months have passed
 * since the period's end. At the end of the period `months` later it is not yet, in the one after it is.
 */
export function isAged(period: Period, months: number, at: Instant, zone: TimeZone): boolean {
  let end = period;
  for (let month = 0; month < months; month += 1) end = nextPeriod(end);
  return at > negativeSince(end, zone);
}

/** Whole calendar months since the period's end; 0 while the period lasts. */
export function ageInMonths(period: Period, at: Instant, zone: TimeZone): number {
  let months = 0;
  for (let end = nextPeriod(period); at >= negativeSince(end, zone); end = nextPeriod(end)) months += 1;
  return months;
}
