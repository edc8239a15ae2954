import { nextSequence } from '#shared/application/partners/change-standing';
import type { RecordedTier, Standing } from '#shared/application/partners/ports';
import type { TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import type { Measure, Measures } from '#shared/domain/partner/tiers/measures';
import { nudgeDue, progressOf, tierStandingOf } from '#shared/domain/partner/tiers/progress';
import { conditionsIn, conditionsOf, deciding } from '#shared/domain/partner/tiers/requirement';
import { type ReviewStep, stepsOf } from '#shared/domain/partner/tiers/review-partner';
import type { TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Component } from '#shared/domain/plan/plan';
import { periodOf } from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** Who stands behind what a review records. */
const REVIEWER = 'review';

export type DecidedReview = {
  /** The standing from now on: the same one when nothing was decided. */
  readonly standing: Standing;
  readonly steps: readonly TierStep[];
  /** Tiers that were added. */
  readonly terms: readonly RecordedTier[];
};

export type Deciding = {
  readonly version: TierSchemeVersion;
  readonly at: Instant;
  readonly closedThrough: Period;
  readonly zone: TimeZone;
  /** Of the plan that pays the partner when a promotion would start; absent: there is none. */
  readonly components?: readonly Component[] | undefined;
};

/** What a review does to a partner and what is kept of it; where it moves nobody, whether the partner is told of what is near. */
export function decideReview(standing: Standing, measures: Measures, deciding: Deciding): DecidedReview {
  const { version, at, closedThrough, zone, components } = deciding;
  const first = (standing.tierSteps ?? 0) + 1;
  const before = { tiers: standing.tiers, warning: standing.tierWarning };
  const review = { scheme: version.scheme, measures, at, closedThrough, zone, components };
  const { steps, partner } = stepsOf(before, review, (index) => `warning.${first + index}`);
  if (steps.length === 0) return nudged(standing, measures, deciding, first);
  const records = steps.map(
    (step, index): TierStep => ({
      ...kept(standing, measures, deciding, first + index),
      ...named(step),
      unmet: 'unmet' in step ? step.unmet : [],
    }),
  );
  const terms = steps.flatMap((step, index): RecordedTier[] => {
    const record = records[index];
    if (!record || (step.kind !== 'promoted' && step.kind !== 'demoted')) return [];
    const said = {
      reason: reasonOf(step, record, { scheme: version.scheme, measures }),
      recordedAt: at,
      recordedBy: REVIEWER,
    };
    const sequence = nextSequence(standing.tiers) + steps.slice(0, index).filter(isMove).length;
    return [
      { tierTermId: `review.${record.number}`, tier: step.to, from: step.from, sequence, source: 'review', ...said },
    ];
  });
  const { tierWarning: _, ...rest } = standing;
  const { warning } = partner;
  return {
    standing: {
      ...rest,
      tiers: [...standing.tiers, ...terms],
      tierSteps: first + steps.length - 1,
      // Whoever is told of a step is told with it what comes next.
      nudgedPeriod: periodOf(toEpochMs(at), zone),
      ...(warning ? { tierWarning: warning } : {}),
    },
    steps: records,
    terms,
  };
}

function isMove({ kind }: ReviewStep): boolean {
  return kind === 'promoted' || kind === 'demoted';
}

function nudged(
  standing: Standing,
  measures: Measures,
  { version, at, closedThrough, zone }: Deciding,
  number: number,
): DecidedReview {
  const nothing = { standing, steps: [], terms: [] };
  const period = periodOf(toEpochMs(at), zone);
  const place = tierStandingOf({ tiers: standing.tiers, warning: standing.tierWarning }, version.scheme, at);
  // What is near as of a month's end may be there by now.
  if (!place || periodOf(toEpochMs(measures.asOf), zone) !== period) return nothing;
  const progress = progressOf(version.scheme, place, measures);
  if (!progress.next || !nudgeDue(progress, standing.nudgedPeriod, period)) return nothing;
  const record: TierStep = {
    ...kept(standing, measures, { version, at, closedThrough, zone }, number),
    kind: 'within_reach',
    tier: place.tier,
    to: progress.next.tier,
    unmet: progress.next.distances,
  };
  return { standing: { ...standing, nudgedPeriod: period, tierSteps: number }, steps: [record], terms: [] };
}

function kept(
  { programId, partnerId }: Standing,
  measures: Measures,
  { version, at }: Deciding,
  number: number,
): Pick<TierStep, 'programId' | 'partnerId' | 'number' | 'at' | 'asOf' | 'schemeVersion' | 'measures'> {
  const shown = conditionsOf(version.scheme).map((condition) => shownMeasure(measures.of(condition)));
  return { programId, partnerId, number, at, asOf: measures.asOf, schemeVersion: version.version, measures: shown };
}

function shownMeasure({ condition, found, wanted, met }: Measure): TierStep['measures'][number] {
  return { condition, found, wanted, met };
}

function named(step: ReviewStep): Pick<TierStep, 'kind' | 'tier' | 'to' | 'from' | 'warningId' | 'endsAt' | 'isLast'> {
  const { kind, tier } = step;
  switch (step.kind) {
    case 'promoted':
      return { kind, tier, to: step.to, from: step.from };
    case 'warned': {
      const { warningId, endsAt } = step.warning;
      return { kind, tier, to: step.to, warningId, endsAt, isLast: step.isLast };
    }
    case 'lifted':
      return { kind, tier, warningId: step.warningId };
    case 'demoted':
      return { kind, tier, to: step.to, from: step.from, warningId: step.warningId };
  }
}

/** In a few words, for the history; the numbers are in the step. */
function reasonOf(
  step: ReviewStep,
  { unmet }: TierStep,
  { scheme, measures }: { readonly scheme: TierScheme; readonly measures: Measures },
): string {
  if (step.kind === 'demoted') return `${unmet.map(wordsOf).join(', ')}; the grace after its warnings is over`;
  const reached = scheme.tiers.find(({ tier }) => 'to' in step && tier === step.to);
  // What tiers above it ask for, and may be met as well, is no reason.
  const met = conditionsIn({ all: reached ? deciding(reached.requires, measures) : [] }).map(measures.of);
  return met.map(wordsOf).join(', ') || 'Reached';
}

function wordsOf({ condition, found, wanted }: Pick<Measure, 'condition' | 'found' | 'wanted'>): string {
  switch (condition.fact) {
    case 'terms_accepted':
      return found > 0n ? 'terms accepted' : 'terms not accepted';
    case 'certification':
      return `${found > 0n ? '' : 'no '}certification${condition.certification ? ` ${condition.certification}` : ''}`;
    case 'confirmation':
      return `${found > 0n ? '' : 'no '}confirmation ${condition.confirmation}`;
    default:
      return `${found} of ${wanted} ${condition.fact.replaceAll('_', ' ')} in ${condition.withinMonths} months`;
  }
}
