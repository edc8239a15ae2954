import type { Currency } from '../money/money.ts';
import { type Component, hasCap } from '../plan/plan.ts';

/**
 * The one currency that a component pays in: its own, else the programme's. `undefined`: every currency, which is so only
 * for a share by tier that names neither a currency nor, with a cap, an amount of one (semantics 12).
 */
export function currencyOf(component: Component, programCurrency: Currency): Currency | undefined {
  if (component.currency !== undefined) return component.currency;
  const statesNoAmount = component.kind === 'revenue_share' && 'ratesByTier' in component && !hasCap(component);
  return statesNoAmount ? undefined : programCurrency;
}

/** Whether a component pays in a statement of this currency. */
export function paysIn(component: Component, currency: Currency, programCurrency: Currency): boolean {
  const only = currencyOf(component, programCurrency);
  return only === undefined || only === currency;
}
