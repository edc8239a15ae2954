import type { Distance } from './measures.ts';
import { conditionKey } from './requirement.ts';
import type { TierCondition } from './tier-scheme.ts';

/**
 * Of what is left to do, what has to be told: tiers build on each other, and whoever has 20 referrals has the 5 of the tier below
 * as well. Nothing is left out unless something that stays comes with it, so that the list is empty only if it was before.
 */
export function tellingDistances(distances: readonly Distance[]): readonly Distance[] {
  return distances.filter(({ condition }) => !distances.some((other) => comesWith(condition, other.condition)));
}

/** Whether whoever meets the other condition meets this one, too, and not the other way round. */
function comesWith(condition: TierCondition, other: TierCondition): boolean {
  if (conditionKey(condition) === conditionKey(other)) return false;
  switch (condition.fact) {
    case 'qualified_referrals':
      return (
        other.fact === condition.fact &&
        other.withinMonths === condition.withinMonths &&
        other.atLeast > condition.atLeast
      );
    case 'partner_revenue':
      return (
        other.fact === condition.fact &&
        other.withinMonths === condition.withinMonths &&
        other.atLeastMinor > condition.atLeastMinor
      );
    case 'retention':
      return (
        other.fact === condition.fact &&
        other.withinMonths === condition.withinMonths &&
        other.minimumCustomers === condition.minimumCustomers &&
        other.atLeastBps > condition.atLeastBps
      );
    case 'certification':
      return other.fact === condition.fact && condition.certification === undefined;
    case 'terms_accepted':
    case 'confirmation':
      return false;
  }
}
