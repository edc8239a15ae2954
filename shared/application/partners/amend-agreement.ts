import { type AgreementView, viewAgreement } from '#shared/application/partners/agreement-view';
import { changeAgreements } from '#shared/application/partners/change-agreements';
import { type AgreementTerms, addVersion, requireTerms } from '#shared/application/partners/draft-agreement';
import type { PartnerStore, PlanReader } from '#shared/application/partners/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

export type AmendAgreement = AgreementTerms & {
  readonly programId: string;
  readonly partnerId: string;
  /** The same for a repeat of the same request. */
  readonly agreementId: string;
  readonly by: string;
};

type Dependencies = {
  partners: PartnerStore;
  programs: ProgramReader;
  plans: PlanReader;
  clock: Clock;
  digest: Digest;
};

/**
 * Adds a version to a partner's agreement; a repeat with the same id answers the first one.
 * 1. Its plan is published, or its own components keep the rules of plans.
 * 2. It counts at once, or waits for the partner when it requires acceptance (by default: when it has a text).
 * 3. What it promises exclusively overlaps nothing that another partner holds.
 * @throws Failure unknown_program, unknown_plan_version, plan_invalid, exclusivity_conflict, not_found, invalid_request,
 * temporarily_unavailable
 */
export function makeAmendAgreement({ partners, programs, plans, clock, digest }: Dependencies) {
  return async (input: AmendAgreement): Promise<AgreementView> => {
    const { programId, agreementId, by } = input;
    const program = await programs.get(programId);
    await requireTerms(plans, program, input);
    const now = toInstant(clock());
    const standing = await changeAgreements({ partners, programs }, { ...input, now }, (before, books) => {
      const versions = [...before.agreements, ...(before.proposals ?? [])];
      if (versions.some((version) => version.agreementId === agreementId)) return undefined;
      return addVersion(before, input, { agreementId, by, now, books }, digest);
    });
    return viewAgreement(standing, agreementId, now, {
      closedThrough: program.closedThrough,
      zone: programs.zone(program.timeZone),
    });
  };
}
