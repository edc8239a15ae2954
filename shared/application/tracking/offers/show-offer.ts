import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { refusalOf } from '#shared/application/referrals/redemptions/code-refusal';
import type { RedemptionStore } from '#shared/application/referrals/redemptions/redemption-ports';
import { hasSeat } from '#shared/application/referrals/redemptions/take-seat';
import { isDestinationAllowed } from '#shared/application/tracking/links/check-destination';
import { type CodeOffer, offerProgram } from '#shared/application/tracking/offers/offer';
import type { CodeCatalogue } from '#shared/application/tracking/ports';
import { canonicalCode } from '#shared/domain/tracking/code';

const MAX_CODE_LENGTH = 32;

/** What a customer reads about a code; unknown, mistyped, disabled, exhausted and codes out of time answer alike: `undefined`. */
export function makeShowOffer(deps: {
  readonly codes: Pick<CodeCatalogue, 'find'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly seats: Pick<RedemptionStore, 'shards' | 'lapsed'>;
  readonly clock: Clock;
}): (typed: string) => Promise<CodeOffer | undefined> {
  return async (typed) => {
    const canonical = canonicalCode(typed);
    if (canonical === '' || canonical.length > MAX_CODE_LENGTH) return undefined;
    const found = await deps.codes.find(canonical);
    const now = deps.clock();
    if (!found || refusalOf(found, now)) return undefined;
    const { maxRedemptions: limit } = found;
    const place = { programId: found.programId, canonical };
    if (limit !== undefined && !(await hasSeat(deps.seats, { ...place, limit }, now))) return undefined;
    const { code, description, destination: stored, payeeName: payee, programId, ...terms } = found;
    const program = await deps.programs.get(programId);
    // A host that was taken off the list may be somebody else's by now: the code stays, without a way there.
    const isAllowed = stored !== undefined && isDestinationAllowed(stored, program.tracking.destinationHosts);
    const destination = isAllowed ? stored : undefined;
    return { code, description, destination, payee, terms, program: offerProgram(program) };
  };
}
