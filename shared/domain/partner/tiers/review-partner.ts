import { losesRate } from '../../plan/loses-rate.ts';
import type { Component, Tier, TierTerm } from '../../plan/plan.ts';
import { addCalendarDays, nextPeriod, periodOf, startOfPeriod } from '../../time/calendar.ts';
import { type Instant, type Period, toEpochMs, toInstant } from '../../time/instant.ts';
import type { TimeZone } from '../../time/time-zone.ts';
import { effectiveInstant, scheduleOf, tierInForce } from '../terms.ts';
import type { Distance, Measures } from './measures.ts';
import { climbTo, conditionKey, conditionsIn, highestReached, isMet, unmetOf } from './requirement.ts';
import type { TierCondition, TierRequirement, TierScheme } from './tier-scheme.ts';

/** A tier of a partner's history and who gave it. */
export type GivenTier = TierTerm & {
  readonly source: 'enrolment' | 'person' | 'review';
  /** Of a person's tier: from then on the numbers decide. */
  readonly until?: Instant | undefined;
};

/** A demotion that the partner was told of and that has not come. */
export type OpenWarning = {
  readonly warningId: string;
  readonly tier: Tier;
  /** Which tier of the partner's history: one that is given anew is no longer the one it was warned about. */
  readonly sequence: number;
  /** The lowest tier that it may end with. */
  readonly to: Tier;
  /** The reasons that were told when it began. */
  readonly told: readonly TierCondition[];
  readonly warnedAt: Instant;
  readonly lastWarnedAt?: Instant | undefined;
  readonly endsAt: Instant;
};

export type ReviewedPartner = { readonly tiers: readonly GivenTier[]; readonly warning?: OpenWarning | undefined };

export type ReviewOf = {
  readonly scheme: TierScheme;
  readonly measures: Measures;
  /** When it is decided: what the partner is told counts from here. */
  readonly at: Instant;
  readonly closedThrough: Period;
  readonly zone: TimeZone;
  /** Of the plan that pays the partner when a promotion would start; absent: there is none. */
  readonly components?: readonly Component[] | undefined;
  /** Names a warning that begins now. */
  readonly warningId: string;
};

export type ReviewStep =
  | { readonly kind: 'promoted'; readonly tier: Tier; readonly to: Tier; readonly from: Instant }
  | {
      readonly kind: 'warned';
      readonly tier: Tier;
      readonly to: Tier;
      readonly isLast: boolean;
      readonly unmet: readonly Distance[];
      /** As it is from now on. */
      readonly warning: OpenWarning;
    }
  | { readonly kind: 'lifted'; readonly tier: Tier; readonly warningId: string }
  | {
      readonly kind: 'demoted';
      readonly tier: Tier;
      readonly to: Tier;
      readonly from: Instant;
      readonly warningId: string;
      readonly unmet: readonly Distance[];
    };

/** A review of a closed month, or as of longer ago, looks back: it may still promote, and leaves the rest to one that knows today. */
const LOOKS_BACK_AFTER_MS = 36 * 3_600_000;

/** More steps than one review can take: a demotion no further than was told, and the warning of the next. */
const MAX_STEPS = 4;

/** Every step that a review takes, one after the other, until none is left: so that the same review again takes none. */
export function stepsOf(
  partner: ReviewedPartner,
  review: Omit<ReviewOf, 'warningId'>,
  /** Of the n-th step from here, from 0. */
  warningIdOf: (index: number) => string,
): { readonly steps: readonly ReviewStep[]; readonly partner: ReviewedPartner } {
  const steps: ReviewStep[] = [];
  let current = partner;
  while (steps.length < MAX_STEPS) {
    const step = reviewPartner(current, { ...review, warningId: warningIdOf(steps.length) });
    if (!step) break;
    steps.push(step);
    const highest = current.tiers.reduce((most, { sequence }) => Math.max(most, sequence), 0);
    current = afterStep(current, step, highest + 1);
  }
  return { steps, partner: current };
}

/**
 * The next step of a review; `undefined`: there is none.
 * - Up to the highest tier that is reached, no rung skipped, unless a person has lowered the partner; never to one for which
 *   the plan names no share where it names one for the present tier.
 * - Down only from a tier that a review gave, or that a person gave until a time that is over, never below what a person or
 *   enrolment gave, and only after a warning, the grace, and a last warning at least `warnAgainDays` before; for reasons that
 *   the warning named, and no further than it said. For other reasons the partner is warned anew.
 */
export function reviewPartner(partner: ReviewedPartner, review: ReviewOf): ReviewStep | undefined {
  const { scheme, measures, at, zone } = review;
  const { warning } = partner;
  const promotion = promotionOf(partner, review);
  if (promotion) return promotion;
  if (looksBack(review)) return undefined;
  const term = termAt(partner.tiers, at);
  const lifted = warning && ({ kind: 'lifted', tier: warning.tier, warningId: warning.warningId } as const);
  const index = rungOf(scheme, term?.tier);
  if (!term || index < 0) return lifted;
  const own = warning?.sequence === term.sequence ? warning : undefined;
  const isGiven = term.source !== 'review' && !hasEnded(term, at);
  const endsSoon = isGiven && term.until !== undefined && at >= daysFrom(term.until, -scheme.warnAgainDays, zone);
  if (isGiven && !endsSoon) return lifted;
  const floor = floorOf(partner.tiers, endsSoon && term.until !== undefined ? term.until : at);
  const reached = rungOf(scheme, highestReached(scheme, measures, floor)?.tier);
  const to = Math.max(reached, rungOf(scheme, floor), 0);
  if (to >= index) return lifted;
  const target = { tier: term.tier, sequence: term.sequence, to: scheme.tiers[to]?.tier ?? term.tier, floor };
  return fallOf(own, target, review, endsSoon ? term.until : undefined) ?? (own ? undefined : lifted);
}

/** The partner after a step, as the next review finds it. */
export function afterStep(partner: ReviewedPartner, step: ReviewStep, sequence: number): ReviewedPartner {
  if (step.kind === 'warned') return { ...partner, warning: step.warning };
  const { tiers } = partner;
  if (step.kind === 'lifted') return { tiers };
  return { tiers: [...tiers, { tier: step.to, from: step.from, sequence, source: 'review' }] };
}

/** The tier that a person gave, or that came with enrolment, while it holds: reviews lead no lower. */
export function floorOf(tiers: readonly GivenTier[], at: Instant): Tier | undefined {
  // By itself: a promotion that starts at the same instant takes the place of a tier, not its promise.
  const given = scheduleOf(tiers.filter(({ source }) => source !== 'review'));
  return given.filter((term) => term.from <= at && !hasEnded(term, at)).at(-1)?.tier;
}

/** Whether the tier in force is one to which a person lowered the partner: only a person raises it again, until it ends. */
export function isLoweredByPerson(tiers: readonly GivenTier[], at: Instant, scheme: TierScheme): boolean {
  const [current, ...before] = scheduleOf(tiers)
    .filter((term) => term.from <= at)
    .reverse();
  if (current?.source !== 'person' || hasEnded(current, at)) return false;
  // Said twice, it is the same word.
  const previous = before.find(({ tier }) => tier !== current.tier);
  return previous !== undefined && rungOf(scheme, current.tier) < rungOf(scheme, previous.tier);
}

function looksBack({ measures: { asOf }, at, closedThrough, zone }: ReviewOf): boolean {
  if (periodOf(toEpochMs(asOf), zone) <= closedThrough) return true;
  return toEpochMs(at) - toEpochMs(asOf) > LOOKS_BACK_AFTER_MS;
}

function promotionOf({ tiers }: ReviewedPartner, review: ReviewOf): ReviewStep | undefined {
  const { scheme, measures, at, closedThrough, zone } = review;
  const { asOf } = measures;
  const starts =
    scheme.promotion === 'at_once' ? asOf : toInstant(startOfPeriod(nextPeriod(periodOf(toEpochMs(asOf), zone)), zone));
  const from = effectiveInstant(starts, closedThrough, zone);
  // As it will be at its start, so that what somebody has planned for then is not lowered by it.
  const current = termAt(tiers, from > at ? from : at);
  const rung = scheme.tiers[rungOf(scheme, current?.tier)];
  if (!current || !rung || rung.byInvitation) return undefined;
  // What was decided for a later time was decided knowing more.
  if (current.from > from || isLoweredByPerson(tiers, from, scheme)) return undefined;
  const reached = highestPaid(scheme, measures, { tier: rung.tier, floor: floorOf(tiers, at) }, review.components);
  if (reached === undefined) return undefined;
  return { kind: 'promoted', tier: current.tier, to: reached, from };
}

/** Of the tiers above its own that a partner reaches without a person the highest that its plan pays; `undefined`: there is none. */
export function highestPaid(
  scheme: TierScheme,
  measures: Measures,
  { tier, floor }: { readonly tier: Tier; readonly floor?: Tier | undefined },
  components: readonly Component[] = [],
): Tier | undefined {
  const reached = rungOf(scheme, highestReached(scheme, measures, floor)?.tier);
  const above = scheme.tiers.slice(rungOf(scheme, tier) + 1, reached + 1);
  return above.findLast((rung) => !rung.byInvitation && !losesRate(components, tier, rung.tier))?.tier;
}

type Fall = { readonly tier: Tier; readonly sequence: number; readonly to: Tier; readonly floor: Tier | undefined };

/** The way down, a step at a time. `until`: when the person's tier ends, whose own notice was the first warning. */
function fallOf(
  warning: OpenWarning | undefined,
  { tier, sequence, to, floor }: Fall,
  review: ReviewOf,
  until: Instant | undefined,
): ReviewStep | undefined {
  const { scheme, measures, at, closedThrough, zone } = review;
  const asked = climbTo(scheme, tier, floor);
  // Out of reach by an invitation alone, which is no reason that anybody could tell.
  if (isMet(asked, measures)) return warning && { kind: 'lifted', tier, warningId: warning.warningId };
  const soonest = daysFrom(at, scheme.warnAgainDays, zone);
  const lowest = warning ? rungOf(scheme, warning.to) : -1;
  const isAbove = lowest >= rungOf(scheme, tier);
  if (!warning || isAbove || !failsBy(asked, measures, warning.told)) {
    const endsAt = until ?? daysFrom(at, scheme.graceDays, zone);
    const isLast = endsAt <= soonest;
    const began: OpenWarning = {
      warningId: review.warningId,
      tier,
      sequence,
      to,
      told: missing(asked, measures).map(({ condition }) => condition),
      warnedAt: at,
      ...(isLast ? { lastWarnedAt: at } : {}),
      endsAt: isLast ? soonest : endsAt,
    };
    return { kind: 'warned', tier, to, isLast, unmet: missing(asked, measures, began.endsAt), warning: began };
  }
  const { warningId, endsAt, lastWarnedAt } = warning;
  if (lastWarnedAt === undefined) {
    if (at < daysFrom(endsAt, -scheme.warnAgainDays, zone)) return undefined;
    // Where reviews did not run in time the grace lasts longer, so that the last warning comes as long before its end.
    const again = { ...warning, lastWarnedAt: at, endsAt: endsAt > soonest ? endsAt : soonest };
    const unmet = missing(asked, measures, again.endsAt);
    return { kind: 'warned', tier, to: warning.to, isLast: true, unmet, warning: again };
  }
  if (at < endsAt || at < daysFrom(lastWarnedAt, scheme.warnAgainDays, zone)) return undefined;
  // No further than was told: what lies below takes a warning of its own.
  const lands = lowest > rungOf(scheme, to) ? warning.to : to;
  const from = effectiveInstant(at, closedThrough, zone);
  return { kind: 'demoted', tier, to: lands, from, warningId, unmet: missing(asked, measures) };
}

/** Whether the reasons that were told are by themselves enough for it: everything else taken as there. */
function failsBy(asked: TierRequirement, measures: Measures, told: readonly TierCondition[]): boolean {
  const known = new Set(told.map(conditionKey));
  const of: Measures['of'] = (condition) => {
    const measure = measures.of(condition);
    return known.has(conditionKey(condition)) ? measure : { ...measure, met: true };
  };
  return !isMet(asked, { asOf: measures.asOf, of });
}

/** Every condition that is not met, also of alternatives: what is left out now is no reason later. */
function missing(asked: TierRequirement, measures: Measures, by?: Instant): readonly Distance[] {
  return conditionsIn(asked).flatMap((condition) => unmetOf(condition, measures, by));
}

function termAt(tiers: readonly GivenTier[], at: Instant): GivenTier | undefined {
  const found = tierInForce(tiers, at);
  return tiers.find((term) => term.sequence === found?.sequence);
}

function hasEnded({ source, until }: GivenTier, at: Instant): boolean {
  return source === 'person' && until !== undefined && until <= at;
}

function rungOf(scheme: TierScheme, tier: Tier | undefined): number {
  return scheme.tiers.findIndex((rung) => rung.tier === tier);
}

function daysFrom(at: Instant, days: number, zone: TimeZone): Instant {
  return toInstant(addCalendarDays(toEpochMs(at), days, zone));
}
