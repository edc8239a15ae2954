import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { ReviewTiers } from '#shared/application/partners/review-tiers';
import type { TierReviews } from '#shared/application/partners/tiers/tier-steps';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';

/** A shard's partners are reviewed well within the 25 seconds of its function, as a rule; else in several calls. */
export const PARTNERS_A_SHARD = 100;
/** A workflow carries at most 256 kB from state to state, and a shard takes about 200 bytes: room for 100,000 partners. */
const MAX_SHARDS = 1_000;

export type PlanTierReview = {
  /** `undefined`: every programme. */
  readonly programId?: string | undefined;
  /** Reviews as of the last instant of a month, in each programme's time zone. */
  readonly period?: Period | undefined;
  /** The period was paid: its facts, and those of all before it, change no more. */
  readonly isPaid?: boolean | undefined;
  /** Reviews as of an instant; now, without a period. */
  readonly asOf?: Instant | undefined;
};

type Dependencies = {
  programs: ProgramReader & { list(): AsyncIterable<Program> };
  terms: Pick<PartnerTermsReader, 'listIds'>;
  reviews: Pick<TierReviews, 'setFinal'>;
  clock: Clock;
};

/**
 * Cuts the partners of a programme, or of all, into shards that leave no partner out: one enrolled meanwhile falls into
 * the shard its id belongs to. After a payment it notes that the months so far are final.
 * @throws Failure unknown_program
 */
export function makePlanTierReview({ programs, terms, reviews, clock }: Dependencies) {
  return async (input: PlanTierReview): Promise<{ shards: readonly ReviewTiers[] }> => {
    const shards: ReviewTiers[] = [];
    const planProgram = async (program: Program): Promise<void> => {
      const { programId } = program;
      if (input.isPaid && input.period !== undefined && input.period <= program.closedThrough) {
        await reviews.setFinal(programId, input.period, toInstant(clock()));
      }
      const asOf = reviewInstant(input, program, programs, clock);
      let after: string | undefined;
      for (;;) {
        const ids = await terms.listIds(programId, { after, limit: PARTNERS_A_SHARD });
        const through = ids.length < PARTNERS_A_SHARD ? undefined : ids.at(-1);
        if (ids.length > 0) shards.push({ programId, asOf, after, through });
        if (shards.length > MAX_SHARDS)
          throw new Error(`a review has at most ${MAX_SHARDS} shards: review by programme`);
        if (through === undefined) return;
        after = through;
      }
    };
    if (input.programId !== undefined) await planProgram(await programs.get(input.programId));
    else for await (const program of programs.list()) await planProgram(program);
    return { shards };
  };
}

function reviewInstant(input: PlanTierReview, program: Program, programs: ProgramReader, clock: Clock): Instant {
  if (input.period === undefined) return input.asOf ?? toInstant(clock());
  return toInstant(startOfPeriod(nextPeriod(input.period), programs.zone(program.timeZone)) - 1);
}
