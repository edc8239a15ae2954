import type { Bracket, BracketComponent } from '../plan/plan.ts';
import { type StatementContext, volumeKey } from '../statement/statement-context.ts';
import { type ComponentPayer, makeWindowCheck, type PaySale, ruledLine, shareLine } from './component-payer.ts';
import { makeRateFinder } from './rate-rules.ts';
import type { Sale } from './sale.ts';

/** What a sale adds to a component's count: its base, or one (semantics 6). */
export function weightOf(component: BracketComponent, sale: Pick<Sale, 'baseMinor'>): bigint {
  return component.metric === 'revenue' ? sale.baseMinor : 1n;
}

export function isVolume(component: object): component is BracketComponent {
  return 'mode' in component && component.mode === 'volume';
}

/** The bracket that holds a count; `upTo` is inclusive and the last bracket has no bound. */
function bracketHolding(brackets: readonly Bracket[], count: bigint): Bracket {
  const found = brackets.find((bracket) => bracket.upTo === null || count <= bracket.upTo);
  if (found === undefined) throw new RangeError('the last bracket must be without a bound');
  return found;
}

/** The rate of the n-th conversion that the component counts in this statement. */
function graduatedByCount(component: BracketComponent, context: StatementContext): PaySale {
  const isInside = makeWindowCheck(component, context);
  const ruleFor = makeRateFinder(component.rates);
  let count = 0n;
  let bracket = bracketHolding(component.brackets, 1n);
  return (sale, lines) => {
    if (!isInside(sale)) return 'outside_window';
    count += 1n;
    if (bracket.upTo !== null && count > bracket.upTo) bracket = bracketHolding(component.brackets, count);
    const rule = ruleFor(sale);
    if (rule !== undefined) lines.push(ruledLine(component.id, sale, rule));
    else lines.push(shareLine(component.id, sale, sale.baseMinor, bracket.rateBps));
    return undefined;
  };
}

/** Splits a sale that crosses a bound into one line a bracket, upwards, each rounded by itself. */
function graduatedByRevenue(component: BracketComponent, context: StatementContext): PaySale {
  const isInside = makeWindowCheck(component, context);
  const ruleFor = makeRateFinder(component.rates);
  let counted = 0n;
  let bracket = bracketHolding(component.brackets, 1n);
  return (sale, lines) => {
    if (!isInside(sale)) return 'outside_window';
    const rule = ruleFor(sale);
    if (rule !== undefined) {
      lines.push(ruledLine(component.id, sale, rule));
      counted += sale.baseMinor;
      return undefined;
    }
    let rest = sale.baseMinor;
    while (rest > 0n) {
      if (bracket.upTo !== null && counted >= bracket.upTo) bracket = bracketHolding(component.brackets, counted + 1n);
      const part = bracket.upTo === null || rest <= bracket.upTo - counted ? rest : bracket.upTo - counted;
      lines.push(shareLine(component.id, sale, part, bracket.rateBps));
      counted += part;
      rest -= part;
    }
    return undefined;
  };
}

/** One rate for all: that of the bracket which holds the statement's total, weighed in a first pass. */
function volumePayer(component: BracketComponent, planVersion: number, context: StatementContext): ComponentPayer {
  const key = volumeKey(planVersion, component.id);
  const weighed = context.volumeTotals?.get(key) ?? 0n;
  const isInside = makeWindowCheck(component, context);
  const ruleFor = makeRateFinder(component.rates);
  const { rateBps } = bracketHolding(component.brackets, weighed);
  let total = 0n;
  return {
    componentId: component.id,
    pay: (sale, lines) => {
      if (!isInside(sale)) return 'outside_window';
      total += weightOf(component, sale);
      const rule = ruleFor(sale);
      if (rule !== undefined) lines.push(ruledLine(component.id, sale, rule));
      else lines.push(shareLine(component.id, sale, sale.baseMinor, rateBps));
      return undefined;
    },
    counted: () => ({ key, total }),
  };
}

/** Pays a share by brackets, counted per statement, plan version and component (semantics 6). */
export function bracketPayer(
  component: BracketComponent,
  planVersion: number,
  context: StatementContext,
): ComponentPayer {
  if (component.mode === 'volume') return volumePayer(component, planVersion, context);
  const graduated = component.metric === 'revenue' ? graduatedByRevenue : graduatedByCount;
  return { componentId: component.id, pay: graduated(component, context) };
}
