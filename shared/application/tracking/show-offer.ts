import type { Clock } from '#shared/application/ports';
import type { CodeCatalogue, StoredCode } from '#shared/application/tracking/ports';
import { toInstant } from '#shared/domain/time/instant';
import { canonicalCode } from '#shared/domain/tracking/code';

export type Offer = Pick<
  StoredCode,
  'code' | 'description' | 'merchantName' | 'payeeName' | 'destination' | 'validUntil'
>;

const MAX_CODE_LENGTH = 32;

/** What a customer reads about a code; unknown, disabled and codes out of time answer alike: `undefined`. */
export function makeShowOffer(deps: {
  readonly codes: Pick<CodeCatalogue, 'find'>;
  readonly clock: Clock;
}): (typed: string) => Promise<Offer | undefined> {
  return async (typed) => {
    const canonical = canonicalCode(typed);
    if (canonical === '' || canonical.length > MAX_CODE_LENGTH) return undefined;
    const code = await deps.codes.find(canonical);
    const now = toInstant(deps.clock());
    if (!code || code.disabled) return undefined;
    if (
      (code.validFrom !== undefined && now < code.validFrom) ||
      (code.validUntil !== undefined && now >= code.validUntil)
    ) {
      return undefined;
    }
    return code;
  };
}
