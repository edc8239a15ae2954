import type { Currency } from '../money/money.ts';
import { makeTermFinder, scheduleOf } from '../partner/terms.ts';
import { currenciesOfPeriodLines } from '../pay/period-lines.ts';
import { type BracketScale, countBrackets, hasBrackets, needsWeighing } from '../pay/weigh-statement.ts';
import type { BracketComponent, PartnerTerms, Plan, Tier } from '../plan/plan.ts';
import { type OpenStatement, openStatement } from '../statement/open-statement.ts';
import type { MaturedConversion, StatementLine } from '../statement/statement.ts';
import { type StatementContext, volumeKey } from '../statement/statement-context.ts';

/** The terms a month is stated by, with every plan that they name. */
export type Side = { readonly terms: PartnerTerms; readonly plans: ReadonlyMap<number, Plan> };

export type MonthToRestate = Pick<StatementContext, 'partnerId' | 'period' | 'programCurrency' | 'zone'>;

/** The bracket that holds what a component counted in a month. */
export type BracketReached = {
  readonly componentId: string;
  readonly planVersion: number;
  readonly currency: Currency;
  /** From 1, the lowest, to `of`. */
  readonly bracket: number;
  readonly of: number;
  /** The bracket's own rate; a rate by category or country may outrank it for a sale. */
  readonly rateBps: number;
  readonly metric: BracketComponent['metric'];
  /** Minor units of base, or conversions. */
  readonly counted: bigint;
};

/** What shares by tier earned on the sales that were made in a tier. */
export type TierEarned = {
  readonly tier: Tier;
  readonly currency: Currency;
  readonly lines: number;
  readonly earnedMinor: bigint;
};

export type RestatedMonth = {
  readonly earned: ReadonlyMap<Currency, bigint>;
  readonly brackets: readonly BracketReached[];
  readonly tiers: readonly TierEarned[];
};

export type MonthInTheMaking = {
  /** True when every conversion must go through `weigh` before the first goes through `pay`. */
  readonly mustWeigh: boolean;
  readonly weigh: (conversion: MaturedConversion, currency: Currency) => void;
  /** In order of time, then id. */
  readonly pay: (conversion: MaturedConversion, currency: Currency) => void;
  readonly finish: () => RestatedMonth;
};

/**
 * States what a partner earns in a month by the engine of the close, and keeps of it what a comparison of two plans needs:
 * sums, brackets and tiers, no lines. Late refunds, adjustments and balances change no earned amount (design.md, Commission
 * semantics 9 to 11) and are no part of it. Memory is flat in the number of conversions.
 */
export function restateMonth(month: MonthToRestate, side: Side): MonthInTheMaking {
  const inCurrency = (currency: Currency): StatementContext => ({
    ...month,
    ...side,
    currency,
    minimumPayoutMinor: 0n,
    openingBalanceMinor: 0n,
  });
  const scales = new Map<Currency, BracketScale>();
  const statements = new Map<Currency, OpenStatement>();
  const tiers = makeTierSums(side);
  const currenciesOfPlans = [...side.plans.values()].flatMap(({ components }) =>
    components.map((component) => component.currency ?? month.programCurrency),
  );
  const mustWeigh = [...new Set([month.programCurrency, ...currenciesOfPlans])].some((currency) =>
    needsWeighing(inCurrency(currency)),
  );
  const scaleOf = (currency: Currency): BracketScale => {
    const known = scales.get(currency);
    if (known) return known;
    const made = countBrackets(inCurrency(currency));
    scales.set(currency, made);
    return made;
  };
  const statementOf = (currency: Currency): OpenStatement => {
    const known = statements.get(currency);
    if (known) return known;
    const volumeTotals = mustWeigh ? scaleOf(currency).totals() : undefined;
    const made = openStatement({ ...inCurrency(currency), volumeTotals });
    statements.set(currency, made);
    return made;
  };
  const weigh = (conversion: MaturedConversion, currency: Currency): void => scaleOf(currency).conversion(conversion);

  return {
    mustWeigh,
    weigh,
    pay: (conversion, currency) => {
      if (!mustWeigh) weigh(conversion, currency);
      tiers.add(conversion, currency, statementOf(currency).conversion(conversion).lines);
    },
    finish: () => {
      statementOf(month.programCurrency);
      for (const currency of currenciesOfPeriodLines(inCurrency(month.programCurrency))) statementOf(currency);
      const earned = [...statements].map(([currency, open]): [Currency, bigint] => {
        open.endConversions();
        return [currency, open.close().earnedMinor];
      });
      const brackets = [...scales].flatMap(([currency, scale]) => bracketsReached(side, currency, scale));
      return { earned: new Map(earned), brackets, tiers: tiers.sums() };
    },
  };
}

/**
 * One entry a component that counted something. When the plan changed within the month, a component id may stand in two of
 * its versions: the one that the partner's agreements name last is shown.
 */
function bracketsReached({ plans }: Side, currency: Currency, scale: BracketScale): readonly BracketReached[] {
  const totals = scale.totals();
  const reached = new Map<string, BracketReached>();
  for (const plan of plans.values()) {
    for (const component of plan.components.filter(hasBrackets)) {
      const counted = totals.get(volumeKey(plan.version, component.id)) ?? 0n;
      const index = component.brackets.findIndex(({ upTo }) => upTo === null || counted <= upTo);
      const bracket = component.brackets[index];
      if (counted === 0n || !bracket) continue;
      reached.set(component.id, {
        componentId: component.id,
        planVersion: plan.version,
        currency,
        bracket: index + 1,
        of: component.brackets.length,
        rateBps: bracket.rateBps,
        metric: component.metric,
        counted,
      });
    }
  }
  return [...reached.values()];
}

function makeTierSums({ terms, plans }: Side): {
  readonly add: (conversion: MaturedConversion, currency: Currency, lines: readonly StatementLine[]) => void;
  readonly sums: () => readonly TierEarned[];
} {
  const byTier = new Set(
    [...plans.values()].flatMap(({ version, components }) =>
      components.flatMap((component) => ('ratesByTier' in component ? [volumeKey(version, component.id)] : [])),
    ),
  );
  const tierAt = makeTermFinder(scheduleOf(terms.tiers));
  const sums = new Map<string, { tier: Tier; currency: Currency; lines: number; earnedMinor: bigint }>();
  return {
    add: (conversion, currency, lines) => {
      if (byTier.size === 0) return;
      for (const line of lines) {
        if (line.kind !== 'revenue_share' || line.componentId === undefined || line.planVersion === undefined) continue;
        if (!byTier.has(volumeKey(line.planVersion, line.componentId))) continue;
        const tier = tierAt(conversion.occurredAt)?.tier;
        if (tier === undefined) continue;
        const key = `${currency} ${tier}`;
        const sum = sums.get(key) ?? { tier, currency, lines: 0, earnedMinor: 0n };
        sums.set(key, sum);
        sum.lines += 1;
        sum.earnedMinor += line.amountMinor;
      }
    },
    sums: () => [...sums.values()],
  };
}
