import type { Currency } from '../money/money.ts';
import { type BrokenRule, checkRate } from './broken-rule.ts';
import type { Bracket, RateRule } from './plan.ts';
import { rateRulesChecks } from './plan-rate-rules.ts';

export type { BrokenRule };

export const COMPONENT_KINDS = ['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment'] as const;

/** A component as proposed: every field may be there or not, so that the rules and not the type say what is missing. */
export type ProposedComponent = {
  readonly kind?: (typeof COMPONENT_KINDS)[number] | undefined;
  readonly id?: string | undefined;
  readonly ratesByTier?: Readonly<Record<string, number>> | undefined;
  readonly brackets?: readonly ProposedBracket[] | undefined;
  readonly mode?: string | undefined;
  readonly metric?: string | undefined;
  readonly windowMonths?: number | undefined;
  readonly amountMinor?: bigint | undefined;
  readonly prorate?: boolean | undefined;
  readonly rates?: readonly RateRule[] | undefined;
  readonly capPerCustomerMinor?: bigint | undefined;
  readonly capPerPeriodMinor?: bigint | undefined;
  readonly currency?: Currency | undefined;
};

type ProposedBracket = Omit<Bracket, 'upTo'> & { readonly upTo?: Bracket['upTo'] | undefined };

export type ProposedPlan = { readonly version: number; readonly components: readonly ProposedComponent[] };

function isPositiveInteger(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** A tier's name may hold `/` and `~`, which a JSON pointer escapes. */
function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function tierRules(rates: Readonly<Record<string, number>>, pointer: string): readonly BrokenRule[] {
  const entries = Object.entries(rates);
  if (entries.length === 0) return [{ pointer, rule: 'must name at least one tier' }];
  return entries.flatMap(([tier, rateBps]) => checkRate(rateBps, `${pointer}/${pointerToken(tier)}`));
}

function bracketRules(brackets: readonly ProposedBracket[], pointer: string): readonly BrokenRule[] {
  if (brackets.length === 0) return [{ pointer, rule: 'must have at least one bracket' }];
  let below = 0n;
  return brackets.flatMap((bracket, index) => {
    const broken = [...checkRate(bracket.rateBps, `${pointer}/${index}/rateBps`)];
    const upTo = `${pointer}/${index}/upTo`;
    const isLast = index === brackets.length - 1;
    if (bracket.upTo === undefined) return [...broken, { pointer: upTo, rule: 'must be given' }];
    if (isLast && bracket.upTo !== null) broken.push({ pointer: upTo, rule: 'must be null in the last bracket' });
    if (!isLast && bracket.upTo === null) broken.push({ pointer: upTo, rule: 'may be null in the last bracket only' });
    if (bracket.upTo === null) return broken;
    if (bracket.upTo <= below) broken.push({ pointer: upTo, rule: `must be above ${below}: brackets go upwards` });
    else below = bracket.upTo;
    return broken;
  });
}

function shareRules(component: ProposedComponent, pointer: string): readonly BrokenRule[] {
  const { ratesByTier, brackets, windowMonths } = component;
  const broken: BrokenRule[] = [];
  if ((ratesByTier === undefined) === (brackets === undefined)) {
    broken.push({ pointer, rule: 'must have either ratesByTier or brackets, not both' });
  }
  if (ratesByTier !== undefined) broken.push(...tierRules(ratesByTier, `${pointer}/ratesByTier`));
  if (brackets !== undefined) {
    broken.push(...bracketRules(brackets, `${pointer}/brackets`));
    if (component.mode !== 'graduated' && component.mode !== 'volume') {
      broken.push({ pointer: `${pointer}/mode`, rule: 'must be graduated or volume' });
    }
    if (component.metric !== 'revenue' && component.metric !== 'conversions') {
      broken.push({ pointer: `${pointer}/metric`, rule: 'must be revenue or conversions' });
    }
  }
  for (const field of brackets === undefined ? (['mode', 'metric'] as const) : []) {
    if (component[field] !== undefined) broken.push({ pointer: `${pointer}/${field}`, rule: 'belongs to brackets' });
  }
  if (component.rates !== undefined) broken.push(...rateRulesChecks(component.rates, `${pointer}/rates`));
  if (windowMonths !== undefined && !isPositiveInteger(windowMonths)) {
    broken.push({ pointer: `${pointer}/windowMonths`, rule: 'must be a whole number of months above zero' });
  }
  return broken;
}

const CAPS = ['capPerCustomerMinor', 'capPerPeriodMinor'] as const;

/** Caps belong to what pays on conversions; fees and guarantees are amounts of their own (semantics 7a). */
function capRules(component: ProposedComponent, pointer: string): readonly BrokenRule[] {
  const paysOnConversions = component.kind === 'revenue_share' || component.kind === 'referral_fee';
  return CAPS.flatMap((cap): readonly BrokenRule[] => {
    const capMinor = component[cap];
    if (capMinor === undefined) return [];
    if (!paysOnConversions) return [{ pointer: `${pointer}/${cap}`, rule: `does not belong to a ${component.kind}` }];
    return capMinor > 0n ? [] : [{ pointer: `${pointer}/${cap}`, rule: 'must be above zero' }];
  });
}

function componentRules(component: ProposedComponent, pointer: string): readonly BrokenRule[] {
  if (component.kind === undefined) return [{ pointer: `${pointer}/kind`, rule: 'must be given' }];
  const broken: BrokenRule[] = [...capRules(component, pointer)];
  if (!component.id) broken.push({ pointer: `${pointer}/id`, rule: 'must not be empty' });
  if (component.kind === 'revenue_share') return [...broken, ...shareRules(component, pointer)];
  if (component.amountMinor === undefined || component.amountMinor <= 0n) {
    broken.push({ pointer: `${pointer}/amountMinor`, rule: 'must be above zero' });
  }
  return broken;
}

/** Every later use of an id, or of the one kind that a plan may hold once a currency. */
function repeatRules(
  components: readonly ProposedComponent[],
  programCurrency: Currency | undefined,
): readonly BrokenRule[] {
  const ids = new Set<string | undefined>();
  const guaranteed = new Set<Currency | undefined>();
  return components.flatMap((component, index) => {
    const broken: BrokenRule[] = [];
    if (component.id !== undefined && ids.has(component.id)) {
      broken.push({ pointer: `/components/${index}/id`, rule: 'must be unique in the plan' });
    }
    ids.add(component.id);
    if (component.kind !== 'minimum_commitment') return broken;
    const currency = component.currency ?? programCurrency;
    if (guaranteed.has(currency)) {
      const rule = 'a plan may have one minimum_commitment a currency at most';
      broken.push({ pointer: `/components/${index}`, rule });
    }
    guaranteed.add(currency);
    return broken;
  });
}

/**
 * Decides whether a plan version may be published: every broken rule, none for a sound plan.
 * `programCurrency` is that of components which name none. Source: design.md, Commission semantics 5 to 9 and 12.
 */
export function validatePlan(plan: ProposedPlan, programCurrency?: Currency): readonly BrokenRule[] {
  const broken: BrokenRule[] = [];
  if (!isPositiveInteger(plan.version)) broken.push({ pointer: '/version', rule: 'must be a whole number above zero' });
  if (plan.components.length === 0) broken.push({ pointer: '/components', rule: 'must have at least one component' });
  const each = plan.components.flatMap((component, index) => componentRules(component, `/components/${index}`));
  return [...broken, ...each, ...repeatRules(plan.components, programCurrency)];
}
