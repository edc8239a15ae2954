import { changeStanding, nextSequence, requireRoom } from '#shared/application/partners/change-standing';
import type { PartnerStore, RecordedTier, Standing } from '#shared/application/partners/ports';
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
  readonly reason: string;
  readonly by: string;
};

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock };

/**
 * Adds a tier from an instant on; a repeat with the same id answers the first one. The start is shifted out of closed
 * periods (design.md, Commission semantics 4). When the tier in force now becomes another one, that change is recorded
 * once, for the notice; a start in the future is told by the review of its day.
 * @throws Failure unknown_program, not_found, invalid_request, temporarily_unavailable
 */
export function makeAssignTier({ partners, programs, clock }: Dependencies) {
  return async (input: AssignTier): Promise<RecordedTier> => {
    const now = toInstant(clock());
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
        reason: input.reason,
        recordedAt: now,
        recordedBy: input.by,
      };
      added = term;
      return { ...before, tiers: [...before.tiers, term] };
    };
    const standing = await changeStanding(partners, { ...input, now }, change, () => ({ tier: added }));
    const term = standing.tiers.find((candidate) => candidate.tierTermId === input.tierTermId);
    if (!term) throw new Error('a saved standing must hold the tier that was added to it');
    return term;
  };
}
