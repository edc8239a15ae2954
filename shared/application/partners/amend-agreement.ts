import { Failure } from '#shared/application/failure';
import { changeStanding, nextSequence, requireRoom } from '#shared/application/partners/change-standing';
import type { PartnerStore, PlanReader, RecordedAgreement } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type Instant, toInstant } from '#shared/domain/instant';
import { effectiveInstant } from '#shared/domain/terms';

export type AmendAgreement = {
  readonly programId: string;
  readonly partnerId: string;
  /** The same for a repeat of the same request. */
  readonly agreementId: string;
  readonly startsAt: Instant;
  readonly endsAt?: Instant | undefined;
  readonly planVersion: number;
  readonly by: string;
};

type Dependencies = { partners: PartnerStore; programs: ProgramReader; plans: PlanReader; clock: Clock };

/**
 * Adds a version to a partner's agreement; a repeat with the same id answers the first one.
 * Start and end are shifted out of closed periods (design.md, Commission semantics 4).
 * @throws Failure unknown_program, unknown_plan_version, not_found, invalid_request, temporarily_unavailable
 */
export function makeAmendAgreement({ partners, programs, plans, clock }: Dependencies) {
  return async (input: AmendAgreement): Promise<RecordedAgreement> => {
    await programs.get(input.programId);
    await requirePlanVersion(plans, input.programId, input.planVersion);
    const now = toInstant(clock());
    const standing = await changeStanding(partners, { ...input, now }, async (before) => {
      const program = await programs.get(input.programId);
      const zone = programs.zone(program.timeZone);
      if (before.agreements.some((agreement) => agreement.agreementId === input.agreementId)) return undefined;
      requireRoom(before.agreements);
      const agreement: RecordedAgreement = {
        agreementId: input.agreementId,
        from: effectiveInstant(input.startsAt, program.closedThrough, zone),
        endsAt: input.endsAt && effectiveInstant(input.endsAt, program.closedThrough, zone),
        planVersion: input.planVersion,
        sequence: nextSequence(before.agreements),
        recordedAt: now,
        recordedBy: input.by,
      };
      return { ...before, agreements: [...before.agreements, agreement] };
    });
    return found(standing.agreements.find((agreement) => agreement.agreementId === input.agreementId));
  };
}

/** @throws Failure unknown_plan_version */
export async function requirePlanVersion(plans: PlanReader, programId: string, planVersion: number): Promise<void> {
  if (await plans.get(programId, planVersion)) return;
  throw new Failure('unknown_plan_version', `Publish plan version ${planVersion} first, or name one that exists.`, {
    errors: [{ pointer: '/planVersion', rule: 'must be a published plan version of the programme' }],
  });
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a saved standing must hold what was added to it');
  return value;
}
