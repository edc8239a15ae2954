import type { RateRule, Tier } from '../plan/plan.ts';

/** What rules look at in a sale. */
export type RatedSale = {
  readonly conversion: { readonly category?: string | undefined; readonly country?: string | undefined };
  readonly tier?: Tier | undefined;
};

export type FoundRate = {
  readonly rateBps: number;
  /** Which rule it is, for readers: `rule 2: category books, country DE`. */
  readonly words: string;
};

type RankedRule = RateRule & FoundRate & { readonly specificity: number };

const ATTRIBUTES = ['category', 'country', 'tier'] as const;

function ranked(rule: RateRule, index: number): RankedRule {
  const named = ATTRIBUTES.filter((attribute) => rule[attribute] !== undefined);
  const conditions = named.map((attribute) => `${attribute} ${rule[attribute]}`).join(', ');
  return { ...rule, words: `rule ${index + 1}: ${conditions}`, specificity: named.length };
}

/**
 * Finds the rule that sets a sale's rate: of those that contradict none of its attributes the one that names the most;
 * of equally specific ones the earliest in the plan. `undefined`: the component's own rate (semantics 6a).
 * A rule that names no tier is for every tier of `tiers`, where given: the tiers that a share by tier names itself.
 */
export function makeRateFinder(
  rules: readonly RateRule[] | undefined,
  tiers?: Readonly<Record<Tier, number>> | undefined,
): (sale: RatedSale) => FoundRate | undefined {
  if (rules === undefined || rules.length === 0) return () => undefined;
  // A stable sort: equally specific rules stay in the order of the plan.
  const byRank = rules.map(ranked).sort((a, b) => b.specificity - a.specificity);
  const ownTiers = tiers && new Set(Object.keys(tiers));
  const isOwnTier = (tier: Tier | undefined): boolean =>
    ownTiers === undefined || (tier !== undefined && ownTiers.has(tier));
  return ({ conversion: { category, country }, tier }) =>
    byRank.find(
      (rule) =>
        (rule.category === undefined || rule.category === category) &&
        (rule.country === undefined || rule.country === country) &&
        (rule.tier === undefined ? isOwnTier(tier) : rule.tier === tier),
    );
}
