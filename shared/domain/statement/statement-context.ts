import type { Currency } from '../money/money.ts';
import type { PartnerTerms, Plan } from '../plan/plan.ts';
import type { Instant, Period } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

/** What a statement's volume brackets count in all, by plan version and component (semantics 6). */
export type VolumeTotals = ReadonlyMap<string, bigint>;

/** What stands before the first fact of a statement of one partner, period and currency. */
export type StatementContext = {
  readonly partnerId: string;
  readonly period: Period;
  readonly currency: Currency;
  readonly programCurrency: Currency;
  readonly zone: TimeZone;
  readonly minimumPayoutMinor: bigint;
  readonly terms: PartnerTerms;
  /** Every plan version that the partner's agreements name. */
  readonly plans: ReadonlyMap<number, Plan>;
  /** What is payable to the partner less what waits in payouts that were not sent. */
  readonly openingBalanceMinor: bigint;
  /** What waits in those payouts; absent: nothing. It was not paid, so that no debt comes of it. */
  readonly unsentMinor?: bigint | undefined;
  /**
   * States the month only as far as it is earned at this instant: fixed fees by the days that have passed, a guarantee once
   * the month is over. Absent in every statement that is closed.
   */
  readonly accruedAt?: Instant | undefined;
  /** Needed when `needsWeighing(context)`. */
  readonly volumeTotals?: VolumeTotals | undefined;
};

export function volumeKey(planVersion: number, componentId: string): string {
  return `${planVersion}:${componentId}`;
}

/** @throws Error when an agreement names a plan that was not given: a gap in the facts, never a reason to pay nothing */
export function planOf(context: Pick<StatementContext, 'plans'>, version: number): Plan {
  const plan = context.plans.get(version);
  if (plan === undefined) throw new Error(`plan version ${version} is named by an agreement but was not given`);
  return plan;
}
