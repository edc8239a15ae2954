import { BASIS_POINTS, type Currency, divideHalfEven } from '../money/money.ts';
import type { Tier } from '../plan/plan.ts';
import { compareText } from '../time/instant.ts';
import {
  type BracketChange,
  type Cost,
  type MonthCost,
  type PartnerCost,
  type SimulatedPartner,
  type TierChange,
  usedEarned,
} from './simulated-partner.ts';

/** Rows of one answer: it must stay below the 6 MB that a function may answer with. */
export const MAX_SIMULATED_ITEMS = 20_000;
export const MAX_LISTED_CHANGES = 5_000;
/** Partners that are ranked in each currency: a person reads no more. */
const MAX_RANKED = 50;
const MAX_LARGEST = 10;

export type CostTotal = Cost & {
  /** Partners who would have earned more, less, and the same. */
  readonly better: number;
  readonly worse: number;
  readonly same: number;
};

/** `changeBps`: the difference in basis points of what was paid and estimated, half to even; absent when that is nothing. */
export type RankedCost = PartnerCost & { readonly changeBps?: bigint | undefined };

/** What a tier is worth to all partners together; `partners` are those for whom it changes. */
export type TierWorth = {
  readonly tier: Tier;
  readonly currency: Currency;
  readonly partners: number;
  readonly usedEarnedMinor: bigint;
  readonly simulatedEarnedMinor: bigint;
  readonly differenceMinor: bigint;
};

export type SimulationSummary = {
  /** By currency code. */
  readonly totals: readonly CostTotal[];
  /** All partners' cost by month, then currency code. */
  readonly monthTotals: readonly MonthCost[];
  /** By partner id, then currency code. */
  readonly items: readonly PartnerCost[];
  /** By currency code, then the largest gain first. */
  readonly winners: readonly RankedCost[];
  /** By currency code, then the largest loss first. */
  readonly losers: readonly RankedCost[];
  /** By currency code, then the largest change first, whichever its sign. */
  readonly largestChanges: readonly RankedCost[];
  /** All of them; listed are at most `MAX_LISTED_CHANGES`. */
  readonly bracketChangeCount: number;
  readonly bracketChanges: readonly BracketChange[];
  readonly tierChangeCount: number;
  readonly tierChanges: readonly TierChange[];
  /** By tier, then currency code: only where something changes. */
  readonly tiers: readonly TierWorth[];
  readonly mismatches: readonly (SimulatedPartner['mismatches'][number] & { readonly partnerId: string })[];
};

/**
 * Adds partners up to what one answer says. Money is ranked and counted in each currency by itself, because amounts in two
 * currencies have no order.
 */
export function summariseSimulation(partners: Iterable<SimulatedPartner>): SimulationSummary {
  const all = [...partners].sort((a, b) => compareText(a.partnerId, b.partnerId));
  const items = all.flatMap(({ costs }) => costs);
  const bracketChanges = all.flatMap((partner) => partner.bracketChanges);
  const tierChanges = all.flatMap((partner) => partner.tierChanges);
  const gain = ({ differenceMinor }: PartnerCost): bigint => differenceMinor;
  const size = ({ differenceMinor }: PartnerCost): bigint =>
    differenceMinor < 0n ? -differenceMinor : differenceMinor;
  return {
    totals: totalsOf(items),
    monthTotals: monthTotalsOf(all),
    items,
    winners: ranked(
      items.filter((item) => gain(item) > 0n),
      gain,
      MAX_RANKED,
    ),
    losers: ranked(
      items.filter((item) => gain(item) < 0n),
      size,
      MAX_RANKED,
    ),
    largestChanges: ranked(
      items.filter((item) => gain(item) !== 0n),
      size,
      MAX_LARGEST,
    ),
    bracketChangeCount: bracketChanges.length,
    bracketChanges: bracketChanges.slice(0, MAX_LISTED_CHANGES),
    tierChangeCount: tierChanges.length,
    tierChanges: tierChanges.slice(0, MAX_LISTED_CHANGES),
    tiers: tiersOf(tierChanges),
    mismatches: all
      .flatMap(({ partnerId, mismatches }) => mismatches.map((mismatch) => ({ ...mismatch, partnerId })))
      .slice(0, MAX_LISTED_CHANGES),
  };
}

function totalsOf(items: readonly PartnerCost[]): readonly CostTotal[] {
  const none = { paidEarnedMinor: 0n, simulatedEarnedMinor: 0n, differenceMinor: 0n, better: 0, worse: 0, same: 0 };
  const byCurrency = new Map<Currency, CostTotal>();
  for (const { currency, paidEarnedMinor, estimatedEarnedMinor, simulatedEarnedMinor, differenceMinor } of items) {
    const total = byCurrency.get(currency) ?? { currency, ...none };
    byCurrency.set(currency, {
      currency,
      paidEarnedMinor: total.paidEarnedMinor + paidEarnedMinor,
      ...estimated(total.estimatedEarnedMinor, estimatedEarnedMinor),
      simulatedEarnedMinor: total.simulatedEarnedMinor + simulatedEarnedMinor,
      differenceMinor: total.differenceMinor + differenceMinor,
      better: total.better + (differenceMinor > 0n ? 1 : 0),
      worse: total.worse + (differenceMinor < 0n ? 1 : 0),
      same: total.same + (differenceMinor === 0n ? 1 : 0),
    });
  }
  return [...byCurrency.values()].sort((a, b) => compareText(a.currency, b.currency));
}

function monthTotalsOf(partners: readonly SimulatedPartner[]): readonly MonthCost[] {
  const byMonth = new Map<string, MonthCost>();
  for (const { months } of partners) {
    for (const month of months) {
      const { period, currency } = month;
      const key = `${period} ${currency}`;
      const total = byMonth.get(key);
      byMonth.set(key, {
        period,
        currency,
        paidEarnedMinor: (total?.paidEarnedMinor ?? 0n) + month.paidEarnedMinor,
        ...estimated(total?.estimatedEarnedMinor, month.estimatedEarnedMinor),
        simulatedEarnedMinor: (total?.simulatedEarnedMinor ?? 0n) + month.simulatedEarnedMinor,
        differenceMinor: (total?.differenceMinor ?? 0n) + month.differenceMinor,
      });
    }
  }
  return [...byMonth.values()].sort((a, b) => compareText(a.period, b.period) || compareText(a.currency, b.currency));
}

/** Named only where some month is estimated. */
function estimated(sum: bigint | undefined, more: bigint | undefined): Pick<Cost, 'estimatedEarnedMinor'> {
  return sum === undefined && more === undefined ? {} : { estimatedEarnedMinor: (sum ?? 0n) + (more ?? 0n) };
}

/** The first `limit` of each currency by a measure, downwards; equal ones by partner id. */
function ranked(
  items: readonly PartnerCost[],
  measure: (item: PartnerCost) => bigint,
  limit: number,
): readonly RankedCost[] {
  const byCurrency = Map.groupBy(items, ({ currency }) => currency);
  const downwards = (a: PartnerCost, b: PartnerCost): number => {
    const [first, second] = [measure(a), measure(b)];
    return first > second ? -1 : first < second ? 1 : compareText(a.partnerId, b.partnerId);
  };
  return [...byCurrency.keys()]
    .sort(compareText)
    .flatMap((currency) => (byCurrency.get(currency) ?? []).toSorted(downwards).slice(0, limit).map(withChange));
}

function withChange(cost: PartnerCost): RankedCost {
  const usedMinor = usedEarned(cost);
  if (usedMinor <= 0n) return cost;
  return { ...cost, changeBps: divideHalfEven(cost.differenceMinor * BASIS_POINTS, usedMinor) };
}

function tiersOf(changes: readonly TierChange[]): readonly TierWorth[] {
  const byTier = new Map<string, TierWorth>();
  for (const { tier, currency, usedEarnedMinor, simulatedEarnedMinor } of changes) {
    const key = `${tier} ${currency}`;
    const worth = byTier.get(key);
    const used = (worth?.usedEarnedMinor ?? 0n) + usedEarnedMinor;
    const simulated = (worth?.simulatedEarnedMinor ?? 0n) + simulatedEarnedMinor;
    byTier.set(key, {
      tier,
      currency,
      partners: (worth?.partners ?? 0) + 1,
      usedEarnedMinor: used,
      simulatedEarnedMinor: simulated,
      differenceMinor: simulated - used,
    });
  }
  return [...byTier.values()].sort((a, b) => compareText(a.tier, b.tier) || compareText(a.currency, b.currency));
}
