import type { Tier } from '../../plan/plan.ts';
import type { Instant } from '../../time/instant.ts';
import type { Distance, Measure, Measures } from './measures.ts';
import type { ProgramTier, TierCondition, TierRequirement, TierScheme } from './tier-scheme.ts';

/** Equal for conditions that ask the same, and for those alone. */
export function conditionKey(condition: TierCondition): string {
  switch (condition.fact) {
    case 'terms_accepted':
      return condition.fact;
    case 'qualified_referrals':
      return `${condition.fact}:${condition.atLeast}:${condition.withinMonths}`;
    case 'partner_revenue':
      return `${condition.fact}:${condition.atLeastMinor}:${condition.withinMonths}`;
    case 'retention':
      return `${condition.fact}:${condition.atLeastBps}:${condition.withinMonths}:${condition.minimumCustomers}`;
    case 'certification':
      return condition.certification === undefined ? condition.fact : `${condition.fact}:${condition.certification}`;
    case 'confirmation':
      return `${condition.fact}:${condition.confirmation}`;
  }
}

/** The conditions of a requirement in the order they are written, each once. */
export function conditionsIn(requirement: TierRequirement): readonly TierCondition[] {
  return [...new Map(leaves(requirement).map((condition) => [conditionKey(condition), condition])).values()];
}

/** Everything that any tier of a scheme asks for, each once: what has to be measured. */
export function conditionsOf(scheme: TierScheme): readonly TierCondition[] {
  return conditionsIn({ all: scheme.tiers.map((tier) => tier.requires) });
}

/** Whether facts answer a requirement. `all` of nothing is met, `any` of nothing is not. @throws RangeError for a condition that was not measured */
export function isMet(requirement: TierRequirement, measures: Measures): boolean {
  if ('all' in requirement) return requirement.all.every((part) => isMet(part, measures));
  if ('any' in requirement) return requirement.any.some((part) => isMet(part, measures));
  return measures.of(requirement).met;
}

/**
 * What is left to do, empty exactly when it is met: of `all` whatever is missing, in the order it is written and each once;
 * of `any` what the nearest alternative misses, see `nearest`. (An `any` of nothing has nothing to tell; contracts refuse one.)
 * @param by until when it must be done
 */
export function unmetOf(requirement: TierRequirement, measures: Measures, by?: Instant): readonly Distance[] {
  const distances = conditionsIn({ all: deciding(requirement, measures) })
    .map((condition) => measures.of(condition))
    .filter((measure) => !measure.met);
  return distances.map((measure) => distanceOf(measure, by));
}

/**
 * The highest tier that a partner's facts reach; `undefined`: not even the lowest. No rung is skipped: whoever misses one
 * does not reach those above it. Tiers by invitation, and whatever stands above one, are reached through a person alone.
 * @param floor a tier that a person gave or that came with enrolment: it, and those below it, need no facts. One that the
 * scheme does not name counts for nothing here: no review moves a partner that stands on such a tier.
 */
export function highestReached(scheme: TierScheme, measures: Measures, floor?: Tier): ProgramTier | undefined {
  const given = scheme.tiers.findIndex(({ tier }) => tier === floor);
  const missed = scheme.tiers.findIndex(
    (tier, index) => index > given && (tier.byInvitation || !isMet(tier.requires, measures)),
  );
  return missed < 0 ? scheme.tiers.at(-1) : scheme.tiers[missed - 1];
}

/** What the rungs above `floor`, up to and with `tier`, ask for together. */
export function climbTo(scheme: TierScheme, tier: Tier, floor?: Tier): TierRequirement {
  const indexOf = (name: Tier | undefined): number => scheme.tiers.findIndex((rung) => rung.tier === name);
  return { all: scheme.tiers.slice(indexOf(floor) + 1, indexOf(tier) + 1).map(({ requires }) => requires) };
}

/**
 * The conditions by which a requirement is met or missed: those of `all`, and of `any` those of one alternative: the first
 * that is met, else the nearest.
 */
export function deciding(requirement: TierRequirement, measures: Measures): readonly TierCondition[] {
  if ('all' in requirement) return requirement.all.flatMap((part) => deciding(part, measures));
  if (!('any' in requirement)) return [requirement];
  const chosen = requirement.any.find((part) => isMet(part, measures)) ?? nearest(requirement.any, measures);
  return chosen ? deciding(chosen, measures) : [];
}

/**
 * Of alternatives that are all missed, the nearest: the one with the fewest unmet conditions; of those the one whose
 * largest gap, as a share of what is wanted, is least; of those the first that is written.
 */
function nearest(alternatives: readonly TierRequirement[], measures: Measures): TierRequirement | undefined {
  const ranked = alternatives.map((alternative) => ({ alternative, unmet: unmetOf(alternative, measures) }));
  // An alternative that itself holds an `any` of nothing can never be met.
  const open = ranked.filter(({ unmet }) => unmet.length > 0);
  open.sort((a, b) => a.unmet.length - b.unmet.length || compareGaps(largestGap(a.unmet), largestGap(b.unmet)));
  return open[0]?.alternative;
}

type Gap = { readonly missing: bigint; readonly wanted: bigint };

function largestGap(unmet: readonly Distance[]): Gap {
  return unmet.reduce<Gap>((largest, gap) => (compareGaps(gap, largest) > 0 ? gap : largest), {
    missing: 0n,
    wanted: 1n,
  });
}

function compareGaps(a: Gap, b: Gap): -1 | 0 | 1 {
  const [left, right] = [a.missing * b.wanted, b.missing * a.wanted];
  if (left === right) return 0;
  return left > right ? 1 : -1;
}

function distanceOf({ condition, found, wanted }: Measure, by: Instant | undefined): Distance {
  // A share of too few customers may be high enough and still not count.
  const missing = found < wanted ? wanted - found : 0n;
  return { condition, found, wanted, missing, ...(by === undefined ? {} : { by }) };
}

function leaves(requirement: TierRequirement): readonly TierCondition[] {
  if ('all' in requirement) return requirement.all.flatMap(leaves);
  if ('any' in requirement) return requirement.any.flatMap(leaves);
  return [requirement];
}
