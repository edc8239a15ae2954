import { losesRate } from '../../plan/loses-rate.ts';
import type { Component, Tier } from '../../plan/plan.ts';
import type { Instant, Period } from '../../time/instant.ts';
import { tierInForce } from '../terms.ts';
import type { Distance, Measure, Measures } from './measures.ts';
import { otherWays } from './other-ways.ts';
import { climbTo, conditionsIn, deciding, unmetOf } from './requirement.ts';
import { floorOf, highestPaid, isLoweredByPerson, type ReviewedPartner } from './review-partner.ts';
import { tellingDistances } from './telling-distances.ts';
import type { ProgramTier, TierCondition, TierScheme } from './tier-scheme.ts';

/** Where a partner stands, as far as its distances go by it. */
export type TierStanding = {
  readonly tier: Tier;
  /** The tier that a person gave, or that came with enrolment, while it holds: reviews lead no lower. */
  readonly floor?: Tier | undefined;
  /** A person has lowered the partner to its tier: a person alone raises it again, until that ends. */
  readonly isLowered?: boolean | undefined;
  /** When what a person gave is over, and the tier that somebody gave below which reviews do not lead from then on. */
  readonly ends?: { readonly at: Instant; readonly floor?: Tier | undefined } | undefined;
  /** A warning that is open: to which tier the partner moves at its end, unless what is missing is there again. */
  readonly warning?: { readonly to: Tier; readonly endsAt: Instant } | undefined;
};

export type NextTier = {
  readonly tier: Tier;
  readonly suggestedRateBps?: number | undefined;
  /** What the tier itself asks for, met or not, in the order it is written. */
  readonly measures: readonly Measure[];
  /** What is left to do; empty: the next review promotes, unless it waits for something. */
  readonly distances: readonly Distance[];
  /** What is left on other ways, where the tier can be reached on several; `distances` is the nearest. */
  readonly alternatives?: readonly (readonly Distance[])[] | undefined;
  /** Until when all of it must be there together: then something of what counts now falls away. */
  readonly by?: Instant | undefined;
  readonly isWithinReach: boolean;
  /** The plan names no share for it where it names one for the present tier: until it does, no review leads there. */
  readonly waitsFor?: 'plan' | undefined;
};

export type TierProgress = {
  readonly tier: Tier;
  /** By what the partner stands there: what facts come to, a person's word, or a tier that the scheme does not name. */
  readonly heldBy: 'facts' | 'person' | 'other_terms';
  /** The tier above, if a review leads there. */
  readonly next?: NextTier | undefined;
  /** The tier above, if a person alone leads there: by invitation, or because one has lowered the partner. */
  readonly nextByInvitation?: Tier | undefined;
  /** A person has lowered the partner, and alone leads to the tier above. */
  readonly isLowered?: boolean | undefined;
  /** Of a tier that a person gave: when the numbers decide again. */
  readonly heldUntil?: Instant | undefined;
  /** What keeps the partner on its tier, or will once what a person gave is over; nothing for one that was given for good. */
  readonly keeps: { readonly measures: readonly Measure[]; readonly unmet: readonly Distance[] };
  readonly warning?: { readonly to: Tier; readonly endsAt: Instant } | undefined;
};

/** Where a partner stands at an instant by its history; `undefined` before it has a tier. */
export function tierStandingOf(
  { tiers, warning }: ReviewedPartner,
  scheme: TierScheme,
  at: Instant,
): TierStanding | undefined {
  const current = tierInForce(tiers, at);
  if (!current) return undefined;
  const { tier, sequence } = current;
  const floor = floorOf(tiers, at);
  const term = tiers.find((one) => one.sequence === sequence);
  const until = term?.source === 'person' && floor === tier ? term.until : undefined;
  const isWarned = warning?.sequence === sequence && warning.warnedAt <= at;
  return {
    tier,
    ...(floor === undefined ? {} : { floor }),
    ...(isLoweredByPerson(tiers, at, scheme) ? { isLowered: true } : {}),
    ...(until === undefined ? {} : { ends: { at: until, floor: floorOf(tiers, until) } }),
    ...(isWarned ? { warning: { to: warning.to, endsAt: warning.endsAt } } : {}),
  };
}

/**
 * How far a partner is from the next tier, and what keeps it on its own. No rung is skipped, so the next tier takes
 * whatever is missing of those below it too, down to what a person gave.
 * @param components of the plan that pays the partner; none: nothing waits for a plan
 * @throws RangeError when `measures` lacks a condition of the scheme
 */
export function progressOf(
  scheme: TierScheme,
  standing: TierStanding,
  measures: Measures,
  components: readonly Component[] = [],
): TierProgress {
  const { tier, floor, warning, ends, isLowered = false } = standing;
  const index = scheme.tiers.findIndex((rung) => rung.tier === tier);
  const current = scheme.tiers[index];
  const heldUntil = ends && { heldUntil: ends.at };
  const common = { tier, ...(warning === undefined ? {} : { warning }), ...heldUntil };
  if (!current) return { ...common, heldBy: 'other_terms', keeps: NOTHING };
  const isGiven = current.byInvitation || floor === tier;
  const keeps = isGiven && !ends ? NOTHING : keepsOf(scheme, standing, measures);
  const above = scheme.tiers[index + 1];
  const held = { ...common, heldBy: isGiven ? ('person' as const) : ('facts' as const), keeps };
  // Above a tier by invitation there are only others by invitation.
  if (!above || current.byInvitation) return held;
  if (above.byInvitation) return { ...held, nextByInvitation: above.tier };
  if (isLowered) return { ...held, nextByInvitation: above.tier, isLowered };
  const next = nextOf(scheme, above, standing, measures);
  // A tier above the next one that is reached as well, and paid, is where the review leads.
  const isUnpaid =
    losesRate(components, tier, above.tier) && highestPaid(scheme, measures, standing, components) === undefined;
  return { ...held, next: isUnpaid ? { ...next, waitsFor: 'plan' } : next };
}

/**
 * Whether a partner is to be told that the next tier is within reach: when it is, something is left that the partner can do
 * itself, and nobody told it in this month.
 * @param lastNudgedPeriod month of the programme's time zone in which it was told last
 */
export function nudgeDue(
  { next, warning }: Pick<TierProgress, 'next' | 'warning'>,
  lastNudgedPeriod: Period | undefined,
  period: Period,
): boolean {
  if (!next?.isWithinReach || warning) return false;
  if (lastNudgedPeriod !== undefined && lastNudgedPeriod >= period) return false;
  return next.distances.some(({ condition }) => condition.fact !== 'confirmation');
}

const NOTHING: TierProgress['keeps'] = { measures: [], unmet: [] };

function keepsOf(
  scheme: TierScheme,
  { tier, floor, ends, warning }: TierStanding,
  measures: Measures,
): TierProgress['keeps'] {
  const asked = climbTo(scheme, tier, ends ? ends.floor : floor);
  const unmet = tellingDistances(unmetOf(asked, measures, warning?.endsAt ?? ends?.at));
  return { measures: measured(deciding(asked, measures), measures), unmet };
}

function nextOf(scheme: TierScheme, above: ProgramTier, { floor }: TierStanding, measures: Measures): NextTier {
  const asked = climbTo(scheme, above.tier, floor);
  const all = measured(deciding(asked, measures), measures);
  const by = firstLoss(all, measures.asOf);
  const distances = tellingDistances(unmetOf(asked, measures, by));
  const alternatives = distances.length === 0 ? [] : otherWays(asked, measures, distances);
  return {
    tier: above.tier,
    ...(above.suggestedRateBps === undefined ? {} : { suggestedRateBps: above.suggestedRateBps }),
    // Those of the tiers below are told where they are missing.
    measures: measured(deciding(above.requires, measures), measures),
    distances,
    ...(alternatives.length === 0 ? {} : { alternatives }),
    ...(by === undefined || distances.length === 0 ? {} : { by }),
    isWithinReach: distances.length > 0 && isNear(all, scheme.nudgeFromBps),
  };
}

function measured(conditions: readonly TierCondition[], measures: Measures): readonly Measure[] {
  return conditionsIn({ all: conditions }).map((condition) => measures.of(condition));
}

/** Every number that is asked for is there to that share, and some number is. Yes and no have no share. */
function isNear(all: readonly Measure[], fromBps: number): boolean {
  const numbers = all.filter(({ condition }) => isNumber(condition));
  return numbers.length > 0 && numbers.every((measure) => measure.met || isThere(measure, BigInt(fromBps)));
}

/** A share of too few customers is a number that is not there yet. */
function isThere({ found, wanted }: Measure, fromBps: bigint): boolean {
  return found < wanted && found * BPS >= wanted * fromBps;
}

const BPS = 10_000n;

function isNumber({ fact }: TierCondition): boolean {
  return fact === 'qualified_referrals' || fact === 'partner_revenue' || fact === 'retention';
}

/** When the first of what counts now falls away by time alone, so that more would be missing from then on. */
function firstLoss(all: readonly Measure[], asOf: Instant): Instant | undefined {
  const losses = all.flatMap((measure) => {
    // One referral that leaves the window takes nothing from a count that has more than it needs.
    const spares = measure.condition.fact === 'qualified_referrals' && measure.found > measure.wanted;
    return spares || measure.found === 0n || measure.lessFrom === undefined || measure.lessFrom <= asOf
      ? []
      : [measure.lessFrom];
  });
  return losses.reduce<Instant | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined);
}
