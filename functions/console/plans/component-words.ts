import type * as z from 'zod';
import type { Format } from '#functions/console/web/format';
import type { componentSchema } from '#shared/contracts/payouts/plans/plan';

export type Component = z.output<typeof componentSchema>;
type Share = Extract<Component, { kind: 'revenue_share' }>;

/** What a component pays, in a sentence or a few. @param programCurrency what its amounts are in unless it says otherwise */
export function componentWords(component: Component, programCurrency: string, format: Format): string {
  const currency = component.currency ?? programCurrency;
  const amount = (minor: number): string => format.amount(minor, currency);
  switch (component.kind) {
    case 'revenue_share':
      return [shareWords(component, amount, format), ...limits(component, amount, format)].join(' ');
    case 'referral_fee':
      return [
        `${amount(component.amountMinor)} for the first purchase of each new customer.`,
        ...caps(component, amount),
      ].join(' ');
    case 'fixed_fee':
      return `${amount(component.amountMinor)} a month, whatever is sold${component.prorate === false ? '' : ', by the day in the first month'}.`;
    case 'minimum_commitment':
      return `At least ${amount(component.amountMinor)} a month: what is earned less is topped up.`;
  }
}

function shareWords(
  { ratesByTier, brackets, mode, metric }: Share,
  amount: (minor: number) => string,
  format: Format,
): string {
  if (ratesByTier) {
    const rates = Object.entries(ratesByTier).map(([tier, rateBps]) => `${format.percent(rateBps)} as ${tier}`);
    return `A share of each sale by tier: ${format.list(rates)}.`;
  }
  const of = (count: number): string => (metric === 'conversions' ? `${format.count(count)} sales` : amount(count));
  const steps = (brackets ?? []).map(({ upTo, rateBps }, at) => {
    const below = brackets?.[at - 1]?.upTo;
    if (upTo !== null) return `${format.percent(rateBps)} up to ${of(upTo)}`;
    return typeof below === 'number' ? `${format.percent(rateBps)} above ${of(below)}` : format.percent(rateBps);
  });
  const way =
    mode === 'volume'
      ? 'the bracket that the whole month reaches sets the rate of all its sales'
      : 'each bracket pays its own part';
  return `A share of the month’s sales, ${way}: ${steps.join(', ')}.`;
}

function limits(component: Share, amount: (minor: number) => string, format: Format): readonly string[] {
  const { rates = [], windowMonths } = component;
  const rules = rates.map(({ category, country, tier, rateBps }) => {
    const what = [category, country, tier].filter((name) => name !== undefined).join(', ');
    return `${format.percent(rateBps)} for ${what}`;
  });
  return [
    ...(rules.length > 0 ? [`Own rates: ${format.list(rules)}.`] : []),
    ...(windowMonths === undefined
      ? []
      : [`For ${format.count(windowMonths)} months from a customer’s first purchase.`]),
    ...caps(component, amount),
  ];
}

function caps(
  {
    capPerCustomerMinor,
    capPerPeriodMinor,
  }: { capPerCustomerMinor?: number | undefined; capPerPeriodMinor?: number | undefined },
  amount: (minor: number) => string,
): readonly string[] {
  return [
    ...(capPerCustomerMinor === undefined ? [] : [`At most ${amount(capPerCustomerMinor)} a customer and month.`]),
    ...(capPerPeriodMinor === undefined ? [] : [`At most ${amount(capPerPeriodMinor)} a month.`]),
  ];
}
