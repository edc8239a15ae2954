import type { TierSchemeStore, TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';

type Dependencies<Used extends keyof TierSchemeStore> = {
  readonly schemes: Pick<TierSchemeStore, Used>;
  readonly programs: Pick<ProgramReader, 'get'>;
};

/** What a programme's tiers ask for now. @throws Failure unknown_program */
export function makeGetTierScheme({ schemes, programs }: Dependencies<'current'>) {
  return async ({ programId }: { readonly programId: string }): Promise<TierSchemeVersion> => {
    await programs.get(programId);
    return schemes.current(programId);
  };
}

/** Every version, the newest first. @throws Failure unknown_program, invalid_request (a made-up cursor) */
export function makeListTierSchemeVersions({ schemes, programs }: Dependencies<'list'>) {
  return async (input: {
    readonly programId: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<TierSchemeVersion>> => {
    await programs.get(input.programId);
    return schemes.list(input.programId, input);
  };
}
