import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import { conditionsOf } from '#shared/domain/partner/tiers/requirement';

/**
 * Whether a programme's tiers take a name for what a manager confirms: no course may certify it, or partners would confirm
 * themselves.
 */
export async function isConfirmed(
  schemes: Pick<TierSchemes, 'current'>,
  programId: string,
  certification: string,
): Promise<boolean> {
  const { scheme } = await schemes.current(programId);
  return conditionsOf(scheme).some(
    (condition) => condition.fact === 'confirmation' && condition.confirmation === certification,
  );
}
