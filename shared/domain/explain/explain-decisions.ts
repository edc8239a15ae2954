import { makeConversionTill, type PaidConversion } from '../pay/pay-conversion.ts';
import { type Component, hasCap, isPaidByThePeriod, type Plan } from '../plan/plan.ts';
import type { MaturedConversion, NothingEarned, StatementLine } from '../statement/statement.ts';
import { type StatementContext, volumeKey } from '../statement/statement-context.ts';
import { type BracketPosition, bracketPosition, isByBrackets, wasCounted, weightOfSale } from './explain-brackets.ts';

/** What one component of the plan in force decided about a sale. */
export type ComponentDecision = {
  readonly component: Component;
  /**
   * `by_the_period`: it pays once a month, whatever is sold. `not_counted`: brackets or caps whose place in the month is
   * only known once the month is stated.
   */
  readonly outcome: 'paid' | 'nothing' | 'by_the_period' | 'not_counted';
  readonly lines: readonly StatementLine[];
  /** Set when the outcome is `nothing`: a `NothingReason` or what the attribution decided. */
  readonly reason?: string | undefined;
  /** Of a component by brackets that counted the sale, once the month's earlier sales were counted. */
  readonly position?: BracketPosition | undefined;
};

/** What became of one sale: a decision a component of the plan in force, and `reason` when one fact decided for all. */
export type SaleDecision = {
  readonly reason?: string | undefined;
  readonly components: readonly ComponentDecision[];
};

/** Whether what a component pays depends on the month's other sales: by brackets or caps (semantics 6 and 7a). */
export function dependsOnTheMonth(component: Component): boolean {
  return 'brackets' in component || hasCap(component);
}

/** The partner's plans with one component alone in the version that is asked, and none in the others. */
function onlyWith(context: StatementContext, plan: Plan, component: Component): StatementContext {
  const plans = new Map<number, Plan>();
  for (const version of context.plans.keys()) {
    plans.set(version, { version, components: version === plan.version ? [component] : [] });
  }
  return { ...context, plans };
}

/**
 * Asks the statement's own engine about one sale, component by component. Give `count` the partner's earlier sales of
 * the month, in order, when a component depends on them; a component's reason to pay nothing never does.
 */
export function makeDecider(
  context: StatementContext,
  plan: Plan | undefined,
): {
  readonly count: (conversion: MaturedConversion) => void;
  readonly decide: (conversion: MaturedConversion) => SaleDecision;
} {
  const wholeTill = makeConversionTill(context);
  const tills = (plan?.components ?? []).map((component) => ({
    component,
    till: plan && !isPaidByThePeriod(component) ? makeConversionTill(onlyWith(context, plan, component)) : undefined,
  }));
  const counted = new Map<string, bigint>();
  return {
    count: (conversion) => {
      for (const { component, till } of tills) {
        if (!till || !dependsOnTheMonth(component)) continue;
        const { nothing } = till.pay(conversion);
        if (!isByBrackets(component) || !wasCounted(nothing)) continue;
        counted.set(component.id, (counted.get(component.id) ?? 0n) + weightOfSale(component, conversion));
      }
    },
    decide: (conversion) => {
      const reason = reasonForAll(wholeTill.pay(conversion).nothing);
      if (reason !== undefined)
        return { reason, components: tills.map(({ component }) => nothingFor(component, reason)) };
      const components = tills.map(({ component, till }): ComponentDecision => {
        if (till === undefined) return { component, outcome: 'by_the_period', lines: [] };
        const { lines, nothing } = till.pay(conversion);
        const position = positionOf(component, conversion, { lines, nothing });
        if (lines.length > 0) return { component, outcome: 'paid', lines, position };
        return { component, outcome: 'nothing', lines, reason: nothing[0]?.reason, position };
      });
      return { components };
    },
  };

  function positionOf(
    component: Component,
    conversion: MaturedConversion,
    { lines, nothing }: PaidConversion,
  ): BracketPosition | undefined {
    if (!plan || !isByBrackets(component) || !wasCounted(nothing)) return undefined;
    const monthTotal = context.volumeTotals?.get(volumeKey(plan.version, component.id)) ?? 0n;
    const position = bracketPosition(component, conversion, { before: counted.get(component.id) ?? 0n, monthTotal });
    // A rule of its own set the rate: the sale counts, but no bracket pays it.
    return lines.some(({ rateRule }) => rateRule !== undefined) ? { ...position, brackets: [] } : position;
  }
}

function nothingFor(component: Component, reason: string): ComponentDecision {
  if (isPaidByThePeriod(component)) return { component, outcome: 'by_the_period', lines: [] };
  return { component, outcome: 'nothing', lines: [], reason };
}

/** The reason that no component was asked at all, if that is so. */
function reasonForAll(nothing: readonly NothingEarned[]): string | undefined {
  return nothing.find((entry) => entry.componentId === undefined)?.reason;
}

/**
 * What a statement holds outranks what the engine would say today: its lines, and, where it has none, its reasons.
 * `computed` only fills in why other components of a paid sale wrote nothing, which no statement stores.
 */
export function decidedBy(
  computed: SaleDecision,
  stated: { readonly lines: readonly StatementLine[]; readonly nothing: readonly NothingEarned[] },
): SaleDecision {
  const reason = reasonForAll(stated.nothing);
  if (reason !== undefined) {
    return { reason, components: computed.components.map(({ component }) => nothingFor(component, reason)) };
  }
  const components = computed.components.map((decision): ComponentDecision => {
    const { id } = decision.component;
    const lines = stated.lines.filter((line) => line.componentId === id);
    if (lines.length > 0) {
      const position = haveSameRates(lines, decision.lines) ? decision.position : undefined;
      return { component: decision.component, outcome: 'paid', lines, position };
    }
    const nothing = stated.nothing.find((entry) => entry.componentId === id);
    if (nothing) return { component: decision.component, outcome: 'nothing', lines, reason: nothing.reason };
    if (decision.outcome !== 'paid' && decision.outcome !== 'not_counted') return decision;
    // Alone it would have been paid: what no statement stores of a paid sale is that a cap was reached before it.
    const unpaid = hasCap(decision.component) ? 'cap_reached' : 'not_stated';
    return { component: decision.component, outcome: 'nothing', lines, reason: unpaid };
  });
  const isSilent = stated.lines.length === 0 && stated.nothing.length === 0;
  return { ...(isSilent && computed.reason !== undefined ? { reason: computed.reason } : {}), components };
}

/** A position is shown only where it leads to what was stated: facts may have been recorded since. */
function haveSameRates(stated: readonly StatementLine[], computed: readonly StatementLine[]): boolean {
  const rates = (lines: readonly StatementLine[]): string => lines.map(({ rateBps }) => rateBps ?? '').join();
  return rates(stated) === rates(computed);
}
