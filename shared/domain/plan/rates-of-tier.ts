import type { Component, Tier } from './plan.ts';

/** The shares of sales in basis points that components pay a tier, in the order of the plan; those by bracket pay every tier and are none of these. */
export function ratesOfTier(components: readonly Component[], tier: Tier | undefined): readonly number[] {
  return components.flatMap((component) => {
    if (component.kind !== 'revenue_share' || !('ratesByTier' in component) || tier === undefined) return [];
    const rate = Object.hasOwn(component.ratesByTier, tier) ? component.ratesByTier[tier] : undefined;
    return rate === undefined ? [] : [rate];
  });
}
