import type { Code } from '#shared/application/referrals/ports';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';

export type CodeRefusal = 'disabled' | 'not_valid_yet' | 'expired';

/** Why nobody can use a code now, seats aside. */
export function refusalOf(
  { disabled, validFrom, validUntil }: Pick<Code, 'disabled' | 'validFrom' | 'validUntil'>,
  now: EpochMs,
): CodeRefusal | undefined {
  const at = toInstant(now);
  if (disabled) return 'disabled';
  if (validFrom !== undefined && at < validFrom) return 'not_valid_yet';
  return validUntil !== undefined && at >= validUntil ? 'expired' : undefined;
}
