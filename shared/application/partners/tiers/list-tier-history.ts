import { Failure } from '#shared/application/failure';
import type { PartnerStore, RecordedTier } from '#shared/application/partners/ports';
import type { TierStep, TierStepReader } from '#shared/application/partners/tiers/tier-steps';
import type { Page } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';

export type TierHistory = Page<TierStep> & { readonly tiers: readonly RecordedTier[]; readonly program: Program };

/** @throws Failure unknown_program, not_found, invalid_request (a cursor of another list) */
export function makeListTierHistory(deps: {
  readonly partners: Pick<PartnerStore, 'standing'>;
  readonly steps: TierStepReader;
  readonly programs: Pick<ProgramReader, 'get'>;
}) {
  return async (input: {
    readonly programId: string;
    readonly partnerId: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<TierHistory> => {
    const { programId, partnerId, cursor, limit } = input;
    const program = await deps.programs.get(programId);
    const standing = await deps.partners.standing(programId, partnerId);
    if (!standing) throw new Failure('not_found', 'There is no such partner.');
    const page = await deps.steps.list(programId, partnerId, { cursor, limit });
    return { ...page, tiers: standing.tiers, program };
  };
}
