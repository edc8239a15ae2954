import { comparePeriods, nextPeriod } from './calendar.ts';
import { compareText, type Period } from './instant.ts';
import type { Currency } from './money.ts';
import type { PartnerTerms } from './plan.ts';
import type { StatementAmounts } from './statement.ts';

/** Months of one simulation: two years show a season twice. */
export const MAX_SIMULATED_MONTHS = 24;

/** What a plan would have cost beside what was stated; the difference is what it would have added. */
export type Cost = {
  readonly currency: Currency;
  readonly paidEarnedMinor: bigint;
  readonly simulatedEarnedMinor: bigint;
  readonly differenceMinor: bigint;
};

export type PartnerCost = Cost & { readonly partnerId: string };

type Earned = Pick<StatementAmounts, 'earnedMinor'> & { readonly partnerId: string; readonly currency: Currency };

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
 * A partner's terms as if every agreement had named this plan version, custom components included: time ranges, order
 * and tiers stay as they were.
 */
export function underPlan(terms: PartnerTerms, planVersion: number): PartnerTerms {
  const agreements = terms.agreements.map(({ components: _custom, ...agreement }) => ({ ...agreement, planVersion }));
  return { ...terms, agreements };
}

/** Adds statements up by partner and currency: on one side those that were approved, on the other the simulated ones. */
export function makeSimulationTally(): {
  readonly paid: (statement: Earned) => void;
  readonly simulated: (statement: Earned) => void;
  /** By partner id, then currency code. */
  readonly items: () => readonly PartnerCost[];
  /** By currency code. */
  readonly totals: () => readonly Cost[];
} {
  type Sums = { partnerId: string; currency: Currency; paidEarnedMinor: bigint; simulatedEarnedMinor: bigint };
  const byPartner = new Map<string, Map<Currency, Sums>>();
  const sumsOf = ({ partnerId, currency }: Earned): Sums => {
    const own = byPartner.get(partnerId) ?? new Map<Currency, Sums>();
    byPartner.set(partnerId, own);
    const sums = own.get(currency) ?? { partnerId, currency, paidEarnedMinor: 0n, simulatedEarnedMinor: 0n };
    own.set(currency, sums);
    return sums;
  };
  const all = (): Sums[] => [...byPartner.values()].flatMap((own) => [...own.values()]);
  return {
    paid: (statement) => {
      sumsOf(statement).paidEarnedMinor += statement.earnedMinor;
    },
    simulated: (statement) => {
      sumsOf(statement).simulatedEarnedMinor += statement.earnedMinor;
    },
    items: () =>
      all()
        .map((sums) => ({ ...sums, differenceMinor: sums.simulatedEarnedMinor - sums.paidEarnedMinor }))
        .sort((a, b) => compareText(a.partnerId, b.partnerId) || compareText(a.currency, b.currency)),
    totals: () => totalsOf(all()),
  };
}

function totalsOf(sums: readonly Omit<Cost, 'differenceMinor'>[]): readonly Cost[] {
  const byCurrency = new Map<Currency, Omit<Cost, 'differenceMinor'>>();
  for (const { currency, paidEarnedMinor, simulatedEarnedMinor } of sums) {
    const total = byCurrency.get(currency);
    byCurrency.set(currency, {
      currency,
      paidEarnedMinor: (total?.paidEarnedMinor ?? 0n) + paidEarnedMinor,
      simulatedEarnedMinor: (total?.simulatedEarnedMinor ?? 0n) + simulatedEarnedMinor,
    });
  }
  return [...byCurrency.values()]
    .map((total) => ({ ...total, differenceMinor: total.simulatedEarnedMinor - total.paidEarnedMinor }))
    .sort((a, b) => compareText(a.currency, b.currency));
}
