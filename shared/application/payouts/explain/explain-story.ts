import type { ExplainedStatement, Explanation } from '#shared/application/payouts/explain/explanation';
import { money } from '#shared/domain/explain/explain-words';

/** What is told of every sale, before its terms are looked at. */
export type Base = Omit<
  Explanation,
  | 'status'
  | 'estimate'
  | 'earnedMinor'
  | 'clawbackMinor'
  | 'summary'
  | 'story'
  | 'decisions'
  | 'clawbacks'
  | 'nothingBecause'
>;

type Told = Omit<Explanation, 'summary' | 'story'>;

export function summaryOf(told: Told, partnerId: string): string {
  const { estimate, earnedMinor, clawbackMinor, currency, nothingBecause, decisions } = told;
  if (nothingBecause) return nothingBecause.sentence;
  if (decisions.every(({ lines }) => lines.length === 0)) {
    return decisions.some(({ outcome }) => outcome === 'not_counted')
      ? `Its statement will say what it earns partner ${partnerId}.`
      : `It ${estimate ? 'earns' : 'earned'} partner ${partnerId} nothing: each component below says why.`;
  }
  const earned = `It ${estimate ? 'would earn' : 'earned'} partner ${partnerId} ${money(earnedMinor, currency)}`;
  if (clawbackMinor === 0n) return `${earned}.`;
  const left = money(earnedMinor + clawbackMinor, currency);
  return `${earned}; refunds take ${money(-clawbackMinor, currency)} back, which leaves ${left}.`;
}

/** What decided before any terms were looked at. */
export function factsStory(base: Base, notStated?: string): readonly string[] {
  const { attribution, reattributions, review, convertedFrom, period, netting, firstPurchase } = base;
  const parts = [
    ...attribution.touches,
    attribution,
    ...reattributions,
    review,
    convertedFrom,
    period,
    notStated === undefined ? undefined : { sentence: notStated },
    ...netting.refunds,
    netting,
    firstPurchase,
    firstPurchase.supplied,
  ];
  return parts.flatMap((part) => part?.sentence ?? []);
}

export function storyOf(told: Told, found: ExplainedStatement | undefined): readonly string[] {
  const { period, agreement, tier, nothingBecause } = told;
  const notStated = `No statement of ${period.period} holds it yet: what follows is an estimate by today's facts.`;
  const decided = told.decisions.flatMap(({ reason, position, sentence }) => {
    // Told once for all.
    if (nothingBecause && reason === nothingBecause.reason) return [];
    return position ? [position.sentence, sentence] : [sentence];
  });
  const parts = [
    ...factsStory(told, found ? undefined : notStated),
    agreement?.sentence,
    tier?.sentence ?? 'The partner had no tier when it happened.',
    nothingBecause?.sentence,
    ...decided,
    ...told.clawbacks.map(({ sentence }) => sentence),
    ...consequencesStory(told),
  ];
  return parts.filter((sentence) => sentence !== undefined);
}

/** What people did about the sale, and where its amounts ended. */
export function consequencesStory({
  disputes,
  adjustments,
  statements,
}: Pick<Base, 'disputes' | 'adjustments' | 'statements'>): readonly string[] {
  return [...disputes, ...adjustments, ...statements].map(({ sentence }) => sentence);
}
