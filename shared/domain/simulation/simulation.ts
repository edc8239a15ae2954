import type { PartnerTerms } from '../plan/plan.ts';
import { comparePeriods, nextPeriod } from '../time/calendar.ts';
import type { Period } from '../time/instant.ts';

/** Months of one simulation: two years show a season twice. */
export const MAX_SIMULATED_MONTHS = 24;

/**
 * The months from `from` to `to`, both inclusive; none when `to` is before `from`.
 * @returns at most one more than `MAX_SIMULATED_MONTHS`, so that a longer range is seen and never walked
 */
export function monthsOf(from: Period, to: Period): readonly Period[] {
  const months: Period[] = [];
  for (let month = from; comparePeriods(month, to) <= 0 && months.length <= MAX_SIMULATED_MONTHS; ) {
    months.push(month);
    month = nextPeriod(month);
  }
  return months;
}

/**
 * A partner's terms as if its agreements had named this plan version, custom components included: time ranges, order, tiers
 * and what an end means stay as they were. With `replaces` only the agreements that name one of its versions; custom terms
 * have version numbers of their own and are named like any other.
 */
export function underPlan(terms: PartnerTerms, planVersion: number, replaces?: readonly number[]): PartnerTerms {
  const agreements = terms.agreements.map((agreement) => {
    if (replaces && !replaces.includes(agreement.planVersion)) return agreement;
    const { components: _custom, ...term } = agreement;
    return { ...term, planVersion };
  });
  return { ...terms, agreements };
}
