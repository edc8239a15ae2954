import type { BracketReached, RestatedMonth, TierEarned } from '../facts/restate-month.ts';
import type { Currency } from '../money/money.ts';
import type { Tier } from '../plan/plan.ts';
import { compareText, type Period } from '../time/instant.ts';

/** What a plan would have cost beside what was stated, or is estimated; the difference is what it would have added. */
export type Cost = {
  readonly currency: Currency;
  /** In closed months alone. */
  readonly paidEarnedMinor: bigint;
  /** In months without an approved run, by the terms in force; absent when there are none. */
  readonly estimatedEarnedMinor?: bigint | undefined;
  readonly simulatedEarnedMinor: bigint;
  readonly differenceMinor: bigint;
};

export type PartnerCost = Cost & { readonly partnerId: string };
export type MonthCost = Cost & { readonly period: Period };

export type BracketPlace = Omit<BracketReached, 'componentId' | 'currency'>;

/**
 * A partner whose month lies in another bracket, or in one with another rate. A component is known by its id: one side is
 * absent when the component counted nothing there, as one that only the other plan has.
 */
export type BracketChange = {
  readonly partnerId: string;
  readonly period: Period;
  readonly componentId: string;
  readonly currency: Currency;
  readonly used?: BracketPlace | undefined;
  readonly simulated?: BracketPlace | undefined;
};

/**
 * What a tier is worth to a partner under both plans. A plan moves nobody to another tier: tiers follow from the review's
 * thresholds and from people. What it changes is what the shares by tier earn on the sales made in a tier.
 */
export type TierChange = {
  readonly partnerId: string;
  readonly tier: Tier;
  readonly currency: Currency;
  /** `no_longer_paid`: no share by tier of the simulated plan pays this partner for the tier any more. */
  readonly effect: 'no_longer_paid' | 'newly_paid' | 'earns_more' | 'earns_less';
  readonly usedEarnedMinor: bigint;
  readonly simulatedEarnedMinor: bigint;
};

export type SimulatedPartner = {
  readonly partnerId: string;
  /** By currency. */
  readonly costs: readonly PartnerCost[];
  /** The same by month, then currency. */
  readonly months: readonly MonthCost[];
  /** By month, then component. */
  readonly bracketChanges: readonly BracketChange[];
  /** By tier, then currency. */
  readonly tierChanges: readonly TierChange[];
  /** Closed months in which the terms that were in force no longer come to what was stated: a proof has to look at these. */
  readonly mismatches: readonly { readonly period: Period; readonly currency: Currency }[];
};

export type SimulatedMonth = {
  readonly period: Period;
  /** What the approved statements say; absent for a month that has none, which is compared with the plan in force. */
  readonly paid?: readonly { readonly currency: Currency; readonly earnedMinor: bigint }[] | undefined;
  readonly used: RestatedMonth;
  readonly simulated: RestatedMonth;
};

type Sums = { paidEarnedMinor: bigint; estimatedEarnedMinor?: bigint; simulatedEarnedMinor: bigint };
type TierSums = { used: number; simulated: number; usedEarnedMinor: bigint; simulatedEarnedMinor: bigint };

/** Compares a partner's months one after the other; it keeps sums and changes, never what a month is made of. */
export function compareMonths(partnerId: string): {
  readonly month: (month: SimulatedMonth) => void;
  readonly outcome: () => SimulatedPartner;
} {
  const costs = new Map<Currency, Sums>();
  const months = new Map<string, { period: Period; currency: Currency; sums: Sums }>();
  const tiers = new Map<string, TierSums & Pick<TierChange, 'tier' | 'currency'>>();
  const bracketChanges: BracketChange[] = [];
  const mismatches: { period: Period; currency: Currency }[] = [];
  /** An amount counts in its partner's sums and in those of its month. */
  const sumsOf = (currency: Currency, period: Period): readonly Sums[] => {
    const key = `${period} ${currency}`;
    const all = costs.get(currency) ?? { paidEarnedMinor: 0n, simulatedEarnedMinor: 0n };
    const month = months.get(key) ?? { period, currency, sums: { paidEarnedMinor: 0n, simulatedEarnedMinor: 0n } };
    costs.set(currency, all);
    months.set(key, month);
    return [all, month.sums];
  };
  const addTier = ({ tier, currency, lines, earnedMinor }: TierEarned, side: 'used' | 'simulated'): void => {
    const key = `${tier} ${currency}`;
    const known = tiers.get(key);
    const sums = known ?? { tier, currency, used: 0, simulated: 0, usedEarnedMinor: 0n, simulatedEarnedMinor: 0n };
    tiers.set(key, sums);
    sums[side] += lines;
    sums[`${side}EarnedMinor`] += earnedMinor;
  };

  return {
    month: ({ period, paid, used, simulated }) => {
      const stated = paid && new Map(paid.map(({ currency, earnedMinor }) => [currency, earnedMinor]));
      for (const [currency, earnedMinor] of stated ?? []) {
        for (const sums of sumsOf(currency, period)) sums.paidEarnedMinor += earnedMinor;
      }
      for (const [currency, earnedMinor] of stated ? [] : used.earned) {
        for (const sums of sumsOf(currency, period)) {
          sums.estimatedEarnedMinor = (sums.estimatedEarnedMinor ?? 0n) + earnedMinor;
        }
      }
      for (const [currency, earnedMinor] of simulated.earned) {
        for (const sums of sumsOf(currency, period)) sums.simulatedEarnedMinor += earnedMinor;
      }
      for (const currency of stated ? new Set([...stated.keys(), ...used.earned.keys()]) : []) {
        if ((stated?.get(currency) ?? 0n) !== (used.earned.get(currency) ?? 0n)) mismatches.push({ period, currency });
      }
      for (const tier of used.tiers) addTier(tier, 'used');
      for (const tier of simulated.tiers) addTier(tier, 'simulated');
      bracketChanges.push(...changedBrackets(used.brackets, simulated.brackets, partnerId, period));
    },
    outcome: () => ({
      partnerId,
      costs: [...costs]
        .map(([currency, sums]) => ({ partnerId, ...costOf(currency, sums) }))
        .sort((a, b) => compareText(a.currency, b.currency)),
      months: [...months.values()]
        .map(({ period, currency, sums }) => ({ period, ...costOf(currency, sums) }))
        .sort((a, b) => compareText(a.period, b.period) || compareText(a.currency, b.currency)),
      bracketChanges,
      tierChanges: [...tiers.values()]
        .flatMap((sums) => tierChange(partnerId, sums) ?? [])
        .sort((a, b) => compareText(a.tier, b.tier) || compareText(a.currency, b.currency)),
      mismatches,
    }),
  };
}

function costOf(currency: Currency, sums: Sums): Cost {
  return { currency, ...sums, differenceMinor: sums.simulatedEarnedMinor - usedEarned(sums) };
}

/** What the difference is taken from: what was paid, and what is estimated where nothing was paid yet. */
export function usedEarned(cost: Pick<Cost, 'paidEarnedMinor' | 'estimatedEarnedMinor'>): bigint {
  return cost.paidEarnedMinor + (cost.estimatedEarnedMinor ?? 0n);
}

function changedBrackets(
  used: readonly BracketReached[],
  simulated: readonly BracketReached[],
  partnerId: string,
  period: Period,
): readonly BracketChange[] {
  const keyOf = ({ componentId, currency }: BracketReached): string => `${componentId} ${currency}`;
  const before = new Map(used.map((reached) => [keyOf(reached), reached]));
  const after = new Map(simulated.map((reached) => [keyOf(reached), reached]));
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const { componentId, currency } = (was ?? is) as BracketReached;
    if (was && is && was.bracket === is.bracket && was.rateBps === is.rateBps) return [];
    return [{ partnerId, period, componentId, currency, used: was && placeOf(was), simulated: is && placeOf(is) }];
  });
}

function placeOf({ componentId: _, currency: __, ...place }: BracketReached): BracketPlace {
  return place;
}

function tierChange(partnerId: string, sums: TierSums & Pick<TierChange, 'tier' | 'currency'>): TierChange | undefined {
  const { tier, currency, used, simulated, usedEarnedMinor, simulatedEarnedMinor } = sums;
  const change = (effect: TierChange['effect']): TierChange => ({
    partnerId,
    tier,
    currency,
    effect,
    usedEarnedMinor,
    simulatedEarnedMinor,
  });
  if (used > 0 && simulated === 0) return change('no_longer_paid');
  if (used === 0 && simulated > 0) return change('newly_paid');
  if (usedEarnedMinor === simulatedEarnedMinor) return undefined;
  return change(simulatedEarnedMinor > usedEarnedMinor ? 'earns_more' : 'earns_less');
}
