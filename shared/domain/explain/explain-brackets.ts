import { weightOf } from '../pay/pay-brackets.ts';
import type { BracketComponent, Component } from '../plan/plan.ts';
import type { MaturedConversion, NothingEarned } from '../statement/statement.ts';

/** A bracket that a sale lies in, whole or in part. */
export type TouchedBracket = {
  /** Exclusive; 0 for the first bracket. Minor units or conversions, by the component's metric. */
  readonly above: bigint;
  /** Inclusive; `null` for the last. */
  readonly upTo: bigint | null;
  readonly rateBps: number;
  /** How much of the sale's base lies in it. */
  readonly baseMinor: bigint;
};

/** Where a sale stands in what a component by brackets counts in its month (design.md, Commission semantics 6). */
export type BracketPosition = {
  readonly mode: BracketComponent['mode'];
  readonly metric: BracketComponent['metric'];
  readonly countedBefore: bigint;
  readonly countedAfter: bigint;
  /** Only in volume mode: what the whole month came to, which sets one rate for all its sales. */
  readonly monthTotal?: bigint | undefined;
  readonly brackets: readonly TouchedBracket[];
};

export function isByBrackets(component: Component): component is BracketComponent {
  return 'brackets' in component;
}

/** Whether a component counted a sale: one outside its window it did not, one that a cap left nothing of it did. */
export function wasCounted(nothing: readonly NothingEarned[]): boolean {
  return nothing.every(({ reason }) => reason === 'cap_reached');
}

export function weightOfSale(component: BracketComponent, sale: MaturedConversion): bigint {
  return weightOf(component, { baseMinor: sale.amountMinor - sale.nettedMinor });
}

/** The position of a sale that the component counts, after `countedBefore`; `monthTotal` where the mode is volume. */
export function bracketPosition(
  component: BracketComponent,
  sale: MaturedConversion,
  counted: { readonly before: bigint; readonly monthTotal: bigint },
): BracketPosition {
  const { mode, metric } = component;
  const baseMinor = sale.amountMinor - sale.nettedMinor;
  const countedAfter = counted.before + weightOfSale(component, sale);
  const position = { mode, metric, countedBefore: counted.before, countedAfter };
  const bounds = component.brackets.map(({ upTo, rateBps }, index) => ({
    above: component.brackets[index - 1]?.upTo ?? 0n,
    upTo,
    rateBps,
  }));
  const holding = (count: bigint): readonly TouchedBracket[] =>
    bounds
      .filter(({ upTo }) => upTo === null || count <= upTo)
      .slice(0, 1)
      .map((bound) => ({ ...bound, baseMinor }));
  if (mode === 'volume') return { ...position, monthTotal: counted.monthTotal, brackets: holding(counted.monthTotal) };
  if (metric === 'conversions') return { ...position, brackets: holding(countedAfter) };
  return {
    ...position,
    brackets: bounds.flatMap((bound) => {
      const from = bound.above > counted.before ? bound.above : counted.before;
      const to = bound.upTo === null || bound.upTo > countedAfter ? countedAfter : bound.upTo;
      return to > from ? [{ ...bound, baseMinor: to - from }] : [];
    }),
  };
}
