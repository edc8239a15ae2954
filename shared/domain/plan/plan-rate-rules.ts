import { type BrokenRule, checkRate } from './broken-rule.ts';
import type { RateRule } from './plan.ts';

/** Two rules with the same key match the same sales, so that only the first of them can ever win. */
function keyOf({ category, country, tier }: RateRule): string {
  return JSON.stringify([category ?? null, country ?? null, tier ?? null]);
}

function repeatOf(rule: RateRule, earlier: RateRule, at: string): string {
  return rule.rateBps === earlier.rateBps
    ? `must not repeat ${at}`
    : `can never win: ${at} names the same and comes earlier`;
}

/** Holds the rate rules of a share against semantics 6a. */
export function rateRulesChecks(rules: readonly RateRule[], pointer: string): readonly BrokenRule[] {
  if (rules.length === 0) return [{ pointer, rule: 'must have at least one rule, or be left out' }];
  const first = new Map<string, number>();
  return rules.flatMap((rule, index) => {
    const here = `${pointer}/${index}`;
    const broken = [...checkRate(rule.rateBps, `${here}/rateBps`)];
    if (rule.category === undefined && rule.country === undefined) {
      broken.push({ pointer: here, rule: 'must name a category, a country or both' });
    }
    const earlierIndex = first.get(keyOf(rule));
    const earlier = earlierIndex === undefined ? undefined : rules[earlierIndex];
    if (earlier === undefined) first.set(keyOf(rule), index);
    else broken.push({ pointer: here, rule: repeatOf(rule, earlier, `${pointer}/${earlierIndex}`) });
    return broken;
  });
}
