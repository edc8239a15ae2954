import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type CodeOffer, offerProgram } from '#shared/application/tracking/offer';
import type { CodeCatalogue } from '#shared/application/tracking/ports';
import { toInstant } from '#shared/domain/time/instant';
import { canonicalCode } from '#shared/domain/tracking/code';

const MAX_CODE_LENGTH = 32;

/** What a customer reads about a code; unknown, disabled and codes out of time answer alike: `undefined`. */
export function makeShowOffer(deps: {
  readonly codes: Pick<CodeCatalogue, 'find'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
}): (typed: string) => Promise<CodeOffer | undefined> {
  return async (typed) => {
    const canonical = canonicalCode(typed);
    if (canonical === '' || canonical.length > MAX_CODE_LENGTH) return undefined;
    const found = await deps.codes.find(canonical);
    const now = toInstant(deps.clock());
    if (!found || found.disabled) return undefined;
    const { validFrom, validUntil } = found;
    if ((validFrom !== undefined && now < validFrom) || (validUntil !== undefined && now >= validUntil))
      return undefined;
    const { code, description, destination, payeeName: payee, programId, ...terms } = found;
    const program = offerProgram(await deps.programs.get(programId));
    return { code, description, destination, payee, terms, program };
  };
}
