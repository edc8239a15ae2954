import type { Component, Tier } from '../../plan/plan.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { conditionsOf } from './requirement.ts';
import { STRATEGIC_FIT, type TierScheme } from './tier-scheme.ts';

/** What to say of a tier that neither the programme's tiers nor the plan that pays the partner names: any name is accepted. */
export function tierHint(tier: Tier, scheme: TierScheme, components: readonly Component[]): string | undefined {
  const known = [...new Set([...scheme.tiers.map((one) => one.tier), ...components.flatMap(tiersOf)])];
  if (known.includes(tier)) return undefined;
  const effect = `Neither the programme's tiers nor the plan in force name ${tier}: its sales earn nothing by tier.`;
  return withGuess(effect, nearestName(tier, known));
}

/**
 * What to say of a certification or confirmation that no tier asks for. Where a tier asks for any certification each name
 * counts, so that only one that is nearly another has something said of it.
 */
export function certificationHint(certification: string, scheme: TierScheme): string | undefined {
  const conditions = conditionsOf(scheme);
  const known = conditions.flatMap((condition) => {
    if (condition.fact === 'confirmation') return [condition.confirmation];
    return condition.fact === 'certification' ? (condition.certification ?? []) : [];
  });
  if (known.includes(certification)) return undefined;
  const near = nearestName(certification, known);
  const isAnyAskedFor = conditions.some((one) => one.fact === 'certification' && one.certification === undefined);
  if (!isAnyAskedFor || certification === STRATEGIC_FIT) {
    return withGuess(`No tier of the programme asks for ${certification}: it counts for none.`, near);
  }
  return near && withGuess(`No tier names ${certification}: it counts only where any certification does.`, near);
}

function tiersOf(component: Component): readonly Tier[] {
  if (component.kind !== 'revenue_share') return [];
  const byRule = (component.rates ?? []).flatMap(({ tier }) => tier ?? []);
  return 'ratesByTier' in component ? [...Object.keys(component.ratesByTier), ...byRule] : byRule;
}

function withGuess(sentence: string, guess: string | undefined): string {
  return guess === undefined ? sentence : `${sentence} Did you mean ${guess}?`;
}
