import { makeConversionTill } from './pay-conversion.ts';
import { type Component, hasCap, isPaidByThePeriod, type Plan } from './plan.ts';
import type { MaturedConversion, NothingEarned, StatementLine } from './statement.ts';
import type { StatementContext } from './statement-context.ts';

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
};

/** What became of one sale: `reason` when no component was asked at all, otherwise a decision a component. */
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
  return {
    count: (conversion) => {
      for (const { component, till } of tills) if (dependsOnTheMonth(component)) till?.pay(conversion);
    },
    decide: (conversion) => {
      const reason = reasonForAll(wholeTill.pay(conversion).nothing);
      if (reason !== undefined) return { reason, components: [] };
      const components = tills.map(({ component, till }): ComponentDecision => {
        if (till === undefined) return { component, outcome: 'by_the_period', lines: [] };
        const { lines, nothing } = till.pay(conversion);
        if (lines.length > 0) return { component, outcome: 'paid', lines };
        return { component, outcome: 'nothing', lines, reason: nothing[0]?.reason };
      });
      return { components };
    },
  };
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
  if (reason !== undefined) return { reason, components: [] };
  const components = computed.components.map((decision): ComponentDecision => {
    const { id } = decision.component;
    const lines = stated.lines.filter((line) => line.componentId === id);
    if (lines.length > 0) return { component: decision.component, outcome: 'paid', lines };
    const nothing = stated.nothing.find((entry) => entry.componentId === id);
    if (nothing) return { component: decision.component, outcome: 'nothing', lines, reason: nothing.reason };
    if (decision.outcome !== 'paid') return decision;
    // Alone it would have been paid: what no statement stores of a paid sale is that a cap was reached before it.
    const unpaid = hasCap(decision.component) ? 'cap_reached' : 'not_stated';
    return { ...decision, outcome: 'nothing', lines, reason: unpaid };
  });
  return { ...(components.length === 0 ? { reason: computed.reason } : {}), components };
}
