import { announce, changeStanding, MAX_TERMS } from '#shared/application/partners/change-standing';
import type { PartnerStore, PlanReader, Standing } from '#shared/application/partners/ports';
import { makeDecideByPlan } from '#shared/application/partners/tiers/decide-by-plan';
import type { DecidedReview } from '#shared/application/partners/tiers/decide-review';
import { mayMove } from '#shared/application/partners/tiers/may-move';
import type { MeasureStanding, makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { addCounts, NOTHING_COUNTED, type ReviewCounts } from '#shared/application/partners/tiers/review-counts';
import type { TierSchemes, TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import type { TierReviews } from '#shared/application/partners/tiers/tier-steps';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Clock, Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { TimeBox } from '#shared/application/time-box';
import { UNLIMITED } from '#shared/application/time-box';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/** Partners measured together: enough to fill the store's batches, few enough to be done between two looks at the clock. */
const PARTNERS_AT_ONCE = 50;
const SAVES_AT_ONCE = 8;
/** Calls that one partner may take before the others of its shard go on without it. */
const MAX_TRIES = 40;

export type ReviewTiers = {
  readonly programId: string;
  /** Sales, holds and certifications are judged as of this instant. */
  readonly asOf: Instant;
  /** The shard: partner ids after `after`, up to and with `through`. */
  readonly after?: string | undefined;
  readonly through?: string | undefined;
  /** Where an earlier call had to stop: behind this partner, of the one after it for so many times. */
  readonly cursor?: string | undefined;
  readonly tries?: number | undefined;
  readonly counts?: ReviewCounts | undefined;
};

/** `done`: else it goes on from here. */
export type ReviewProgress = ReviewTiers & { readonly done: boolean; readonly counts: ReviewCounts };

type Dependencies = {
  readonly partners: PartnerStore;
  readonly programs: ProgramReader;
  readonly schemes: Pick<TierSchemes, 'at'>;
  /** Remembers what it has read: many partners are on one plan. */
  readonly plans: PlanReader;
  readonly measurePartners: ReturnType<typeof makeMeasurePartners>;
  readonly reviews: Pick<TierReviews, 'record'>;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Reviews the partners of a shard by the programme's tiers as they are now, and records tiers that a person had set to start
 * since the last review.
 * 1. Of partners whom no number can move nothing is read. The others are measured completely; what fails decides nothing.
 * 2. A step (promotion, warning, demotion, lifting) is stored in one transaction with the terms it was decided on and
 *    whatever is to be told of it; a partner that was changed meanwhile is decided on again.
 * 3. That the partners were reviewed is recorded, so that the history can be recomputed (replay-reviews.ts).
 * Reviewing the same night twice writes nothing the second time. When its time is over it answers where it stands; a partner
 * too large to be measured in `MAX_TRIES` calls is left as it is and counted.
 * @throws Failure unknown_program, temporarily_unavailable
 */
export function makeReviewTiers(deps: Dependencies) {
  const { partners, programs, schemes, measurePartners, reviews, clock, log } = deps;

  return async (shard: ReviewTiers, box: TimeBox = UNLIMITED): Promise<ReviewProgress> => {
    const { programId, asOf, after, through } = shard;
    const at = toInstant(clock());
    const program = await programs.get(programId);
    const version = await schemes.at(programId, at);
    let counts = shard.counts ?? NOTHING_COUNTED;
    let position = shard.cursor ?? after;
    // Behind whom this call has reviewed everybody: one that it could not measure was not.
    let begin = position;
    const stop = async (tries?: number): Promise<ReviewProgress> => {
      if (position !== undefined) await recordRange(position);
      const where = { programId, asOf, after, through, ...(position === undefined ? {} : { cursor: position }) };
      return { ...where, ...(tries === undefined ? {} : { tries }), counts, done: false };
    };
    const recordRange = async (end: string | undefined): Promise<void> => {
      if (end !== undefined && end === begin) return;
      const range = {
        ...(begin === undefined ? {} : { after: begin }),
        ...(end === undefined ? {} : { through: end }),
      };
      await reviews.record({ programId, asOf, at, closedThrough: program.closedThrough, byPlan: true, ...range });
    };

    for await (const batch of inBatches(
      partners.standings(programId, { after: position, through }),
      PARTNERS_AT_ONCE,
    )) {
      if (position !== (shard.cursor ?? after) && box.isOver()) return stop();
      const tries = (shard.tries ?? 0) + 1;
      const skipped = tries > MAX_TRIES ? batch[0]?.partnerId : undefined;
      const toMeasure = batch.filter(
        (standing) => standing.partnerId !== skipped && mayMove(standing, version.scheme, at),
      );
      const ids = toMeasure.map(({ partnerId }) => partnerId);
      const measure = await measurePartners(program, version.scheme, { asOf, knownAt: at }, ids, { box });
      const missing = ids.find((id) => !measure.has(id));
      const ready = missing === undefined ? batch : batch.filter(({ partnerId }) => partnerId < missing);
      await forEachConcurrently(ready, SAVES_AT_ONCE, async (standing) => {
        const steps = await reviewPartner({ deps, program, version, at }, standing, measure.get(standing.partnerId));
        counts = addCounts(counts, steps);
      });
      if (skipped !== undefined) {
        log.warn('a partner has too many facts to be measured: its tier stays', { programId, partnerId: skipped });
        counts = { ...counts, unmeasured: counts.unmeasured + 1 };
        begin = skipped;
      }
      counts = { ...counts, reviewed: counts.reviewed + ready.length };
      const last = ready.at(-1)?.partnerId;
      if (last !== undefined) position = last;
      if (missing !== undefined) return stop(last === undefined ? tries : 1);
      if (skipped !== undefined) return stop();
    }
    await recordRange(through);
    return { programId, asOf, after, through, counts, done: true };
  };
}

type Reviewing = {
  readonly deps: Pick<Dependencies, 'partners' | 'programs' | 'plans'>;
  readonly program: Program;
  readonly version: TierSchemeVersion;
  readonly at: Instant;
};

/** Decides on a partner and stores what was decided, again if its terms were changed meanwhile. */
async function reviewPartner(
  { deps: { partners, programs, plans }, program, version, at }: Reviewing,
  seen: Standing,
  measure: MeasureStanding | undefined,
): Promise<DecidedReview['steps']> {
  const { programId, partnerId } = seen;
  const zone = programs.zone(program.timeZone);
  const decideByPlan = makeDecideByPlan({ partners, plans });
  const decide = async (standing: Standing, closedThrough: Program['closedThrough']): Promise<DecidedReview> =>
    measure && standing.tiers.length < MAX_TERMS
      ? decideByPlan(standing, measure(standing), { version, at, closedThrough, zone })
      : { standing, steps: [], terms: [] };
  const first = await decide(seen, program.closedThrough);
  if (first.steps.length === 0 && !announce(seen, at, version.scheme).announcement) return [];
  let decided = first;
  const change = async (standing: Standing): Promise<Standing> => {
    // Asked again after the measuring, which may take longer than a programme may be remembered.
    const { closedThrough } = await programs.get(programId);
    decided = await decide(standing, closedThrough);
    return decided.standing;
  };
  await changeStanding(partners, { programId, partnerId, now: at, scheme: version.scheme }, change, () => ({
    tiers: decided.terms,
    steps: decided.steps,
  }));
  return decided.steps;
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
