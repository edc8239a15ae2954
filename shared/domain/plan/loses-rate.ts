import type { Component, RateByTierComponent, Tier } from './plan.ts';

/**
 * Whether components would stop to pay a share of some sales if a partner moved from one tier to another: one by tier names
 * a rate for the first, its own or by a rule, and none for the second. Brackets and fees pay every tier. How high a rate is
 * counts for nothing: a plan that names the tier says what it wants to pay (design.md, Commission semantics 6 and 6a).
 */
export function losesRate(components: readonly Component[], from: Tier, to: Tier): boolean {
  return components.some((component) => {
    if (component.kind !== 'revenue_share' || !('ratesByTier' in component)) return false;
    const after = paidSales(component, to);
    return paidSales(component, from).some((sales) => !after.some((paid) => covers(paid, sales)));
  });
}

/** Sales of a category, of a country, of both, or, with neither, all. */
type Sales = { readonly category?: string | undefined; readonly country?: string | undefined };

/** A rule without a tier is for the tiers that the component names itself (semantics 6a). */
function paidSales({ ratesByTier, rates = [] }: RateByTierComponent, tier: Tier): readonly Sales[] {
  if (Object.hasOwn(ratesByTier, tier)) return [{}];
  return rates.filter((rule) => rule.tier === tier);
}

function covers(paid: Sales, sales: Sales): boolean {
  return (
    (paid.category === undefined || paid.category === sales.category) &&
    (paid.country === undefined || paid.country === sales.country)
  );
}
