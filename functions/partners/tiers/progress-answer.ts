import type * as z from 'zod';
import { distanceWords, measureWords, type WordsFor } from '#shared/adapters/words/distance-words';
import { progressWords } from '#shared/adapters/words/progress-words';
import type { Language } from '#shared/application/notifications/messages';
import type { TierProgressView } from '#shared/application/partners/tiers/read-tier-progress';
import type {
  tierDistanceSchema,
  tierMeasureSchema,
  tierProgressSchema,
} from '#shared/contracts/partners/tiers/get-tier-progress';
import { requirementJson } from '#shared/contracts/partners/tiers/tier-scheme';
import type { Distance, Measure } from '#shared/domain/partner/tiers/measures';

/** A partner's progress as numbers and as words. */
export function progressAnswer(view: TierProgressView, language: Language): z.input<typeof tierProgressSchema> {
  const { program, partnerId, asOf, schemeVersion, progress, heldUntil, upcoming, ratesBps } = view;
  const words: WordsFor = { language, timeZone: program.timeZone, currency: program.currency };
  const distances = (all: readonly Distance[]) => all.map((one) => distanceAnswer(one, words));
  const measures = (all: readonly Measure[]) => all.map((one) => measureAnswer(one, words));
  const { tier, heldBy, next, nextByInvitation, isLowered, keeps, warning } = progress ?? {};
  return {
    ...{ partnerId, asOf, schemeVersion, language, summary: progressWords(progress, words) },
    ...{ tier, heldBy, heldUntil, upcoming, nextByInvitation, isLowered, warning },
    ratesBps: [...ratesBps.current],
    ...(next && {
      next: {
        ...{ tier: next.tier, ratesBps: [...ratesBps.next], suggestedRateBps: next.suggestedRateBps },
        ...{ isReached: next.distances.length === 0, isWithinReach: next.isWithinReach, by: next.by },
        waitsFor: next.waitsFor,
        alternatives: next.alternatives?.map((way) => ({ distances: distances(way) })),
        distances: distances(next.distances),
        measures: measures(next.measures),
      },
    }),
    keeps: { measures: measures(keeps?.measures ?? []), unmet: distances(keeps?.unmet ?? []) },
  };
}

export function distanceAnswer(distance: Distance, words: WordsFor): z.input<typeof tierDistanceSchema> {
  return {
    ...counted(distance),
    missing: Number(distance.missing),
    by: distance.by,
    words: distanceWords(distance, words),
  };
}

function measureAnswer(measure: Measure, words: WordsFor): z.input<typeof tierMeasureSchema> {
  const { met, lessFrom, moreFrom } = measure;
  return { ...counted(measure), met, lessFrom, moreFrom, words: measureWords(measure, words) };
}

function counted({ condition, found, wanted }: Pick<Measure, 'condition' | 'found' | 'wanted'>) {
  return { condition: requirementJson(condition), found: Number(found), wanted: Number(wanted) };
}
