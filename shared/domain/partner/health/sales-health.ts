import type { Currency } from '../../money/money.ts';
import type { Instant } from '../../time/instant.ts';
import { type HealthReason, tellReason } from './health-words.ts';
import { changeBps, revenueOf, type SalesSums, shareBps } from './sales-tally.ts';

/** Days without a sale after which somebody who has sold is quiet, and after which it is silent. */
export const QUIET_DAYS = 30;
export const SILENT_DAYS = 60;
/** A fall against the same days of the month before that is looked at, and one that is a risk. */
export const FALL_WATCH_BPS = -2_500;
export const FALL_RISK_BPS = -5_000;
/** Before this day of a month its first sales decide too much. */
export const FALL_FROM_DAY = 10;
/** With fewer sales in the month before, one more or less is a large part. */
export const FALL_MIN_CONVERSIONS = 5;
/** Refunds are many at this multiple of the programme's rate, from this rate and this many sales on. */
export const REFUND_FACTOR = 2;
export const REFUND_MIN_BPS = 1_000;
export const REFUND_MIN_CONVERSIONS = 5;

/** A partner's sales as far as its health looks at them. */
export type SalesSituation = {
  readonly now: Instant;
  /** Of the sales that count. */
  readonly lastSaleAt?: Instant | undefined;
  /** This month, and the same days of the month before. */
  readonly thisMonth: readonly SalesSums[];
  readonly sameDaysBefore: readonly SalesSums[];
  /** 1 for the first. */
  readonly dayOfMonth: number;
  /** This month and the whole one before. */
  readonly twoMonths: readonly SalesSums[];
  /** What the whole programme refunds of the same two months, by currency. */
  readonly programRefundBps: ReadonlyMap<Currency, number>;
};

const DAY_MS = 86_400_000;

/** That somebody who has sold sells no more. */
export function salesSilence({ now, lastSaleAt }: SalesSituation): HealthReason | undefined {
  if (lastSaleAt === undefined) return undefined;
  const days = Math.floor((Date.parse(now) - Date.parse(lastSaleAt)) / DAY_MS);
  if (days >= SILENT_DAYS) return tellReason('silent', 'at_risk', { count: days });
  return days >= QUIET_DAYS ? tellReason('quiet', 'watch', { count: days }) : undefined;
}

/** That sales fell, in the currency in which there were most. */
export function revenueFall(situation: SalesSituation): HealthReason | undefined {
  const { thisMonth, sameDaysBefore, dayOfMonth } = situation;
  const before = mainSales(sameDaysBefore);
  if (!before || dayOfMonth < FALL_FROM_DAY || before.conversions < FALL_MIN_CONVERSIONS) return undefined;
  const now = thisMonth.find(({ currency }) => currency === before.currency);
  const bps = changeBps(now ? revenueOf(now) : 0n, revenueOf(before));
  if (bps === undefined || bps > FALL_WATCH_BPS) return undefined;
  return tellReason('revenue_fell', bps <= FALL_RISK_BPS ? 'at_risk' : 'watch', { bps: -bps });
}

/** That far more of its sales are refunded than of the programme's, in the currency in which there were most. */
export function refundProblem({ twoMonths, programRefundBps }: SalesSituation): HealthReason | undefined {
  const sales = mainSales(twoMonths);
  if (!sales || sales.conversions < REFUND_MIN_CONVERSIONS) return undefined;
  const bps = shareBps(sales.refundedMinor, sales.amountMinor) ?? 0;
  const usual = programRefundBps.get(sales.currency) ?? 0;
  if (bps < REFUND_MIN_BPS || bps < usual * REFUND_FACTOR) return undefined;
  return tellReason('many_refunds', 'at_risk', { bps, usualBps: usual });
}

/** The currency with most sales; of two the first by code. */
function mainSales(sums: readonly SalesSums[]): SalesSums | undefined {
  return sums.toSorted((a, b) => b.conversions - a.conversions || (a.currency < b.currency ? -1 : 1))[0];
}
