import type { Measure, Measures } from '#shared/domain/partner/tiers/measures';
import { conditionKey } from '#shared/domain/partner/tiers/requirement';
import { DEFAULT_TIER_SCHEME, type TierCondition, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Instant } from '#shared/domain/time/instant';

/** Of a condition: how much of it is there. Counts, minor units or basis points; 1 for a yes. */
export type Found = (condition: TierCondition) => bigint;

export function wantedOf(condition: TierCondition): bigint {
  switch (condition.fact) {
    case 'qualified_referrals':
      return BigInt(condition.atLeast);
    case 'partner_revenue':
      return condition.atLeastMinor;
    case 'retention':
      return BigInt(condition.atLeastBps);
    default:
      return 1n;
  }
}

/** Measures by what is there of each condition; `more` says when time takes or gives. */
export function measuresOf(
  found: Found,
  more: (condition: TierCondition) => Pick<Measure, 'lessFrom' | 'moreFrom'> = () => ({}),
  asOf = '2026-11-15T00:00:00.000Z' as Instant,
): Measures {
  return {
    asOf,
    of: (condition) => {
      const [there, wanted] = [found(condition), wantedOf(condition)];
      return { condition, found: there, wanted, met: there >= wanted, ...more(condition) };
    },
  };
}

/** What is there by name: `{ qualified_referrals: 17, certification: 1 }`; nothing of the rest. */
export function found(there: Partial<Record<TierCondition['fact'], number>>): Found {
  return ({ fact }) => BigInt(there[fact] ?? 0);
}

/** The same by the whole condition, so that two of one fact may differ. */
export function foundByKey(there: ReadonlyMap<string, bigint>): Found {
  return (condition) => there.get(conditionKey(condition)) ?? 0n;
}

export function aScheme(over: Partial<TierScheme> = {}): TierScheme {
  return { ...DEFAULT_TIER_SCHEME, ...over };
}
