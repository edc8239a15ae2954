import { Failure } from '#shared/application/failure';
import { changeStanding, nextSequence, requireRoom } from '#shared/application/partners/change-standing';
import type { PartnerStore, RecordedTier, Standing } from '#shared/application/partners/ports';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { effectiveInstant } from '#shared/domain/partner/terms';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type AssignTier = {
  readonly programId: string;
  readonly partnerId: string;
  /** The same for a repeat of the same request. */
  readonly tierTermId: string;
  readonly tier: string;
  readonly from: Instant;
  /** From then on the numbers decide; absent: a person does. */
  readonly until?: Instant | undefined;
  readonly reason: string;
  readonly by: string;
};

type Dependencies = {
  partners: PartnerStore;
  programs: ProgramReader;
  schemes: Pick<TierSchemes, 'current'>;
  clock: Clock;
};

/**
 * Adds a tier from an instant on; a repeat with the same id answers the first one. The start is shifted out of closed
 * periods (design.md, Commission semantics 4). When the tier in force now becomes another one, that change is recorded
 * once, for the notice; a start in the future is told by the review of its day. With `until` the numbers decide from then on:
 * the partner is warned again before that time when they would lower it.
 * @throws Failure unknown_program, not_found, invalid_request, temporarily_unavailable
 */
export function makeAssignTier({ partners, programs, schemes, clock }: Dependencies) {
  return async (input: AssignTier): Promise<RecordedTier> => {
    const now = toInstant(clock());
    if (input.until !== undefined) requireLater(input.until, input.from, now);
    const { scheme } = await schemes.current(input.programId);
    let added: RecordedTier | undefined;
    const change = async (before: Standing): Promise<Standing | undefined> => {
      const program = await programs.get(input.programId);
      if (before.tiers.some((term) => term.tierTermId === input.tierTermId)) return undefined;
      requireRoom(before.tiers);
      const term: RecordedTier = {
        tierTermId: input.tierTermId,
        tier: input.tier,
        from: effectiveInstant(input.from, program.closedThrough, programs.zone(program.timeZone)),
        sequence: nextSequence(before.tiers),
        source: 'person',
        ...(input.until === undefined ? {} : { until: input.until }),
        reason: input.reason,
        recordedAt: now,
        recordedBy: input.by,
      };
      added = term;
      return { ...before, tiers: [...before.tiers, term] };
    };
    const standing = await changeStanding(partners, { ...input, now, scheme }, change, () => ({ tier: added }));
    const term = standing.tiers.find((candidate) => candidate.tierTermId === input.tierTermId);
    if (!term) throw new Error('a saved standing must hold the tier that was added to it');
    return term;
  };
}

/** An end that is over before anybody is told of it would be no end. */
function requireLater(until: Instant, from: Instant, now: Instant): void {
  const after = from > now ? from : now;
  if (until > after) return;
  throw new Failure('invalid_request', 'Send an end after the start and in the future, or none.', {
    errors: [{ pointer: '/until', rule: `must be after ${after}` }],
  });
}
