import type { PartnerStore } from '#shared/application/partners/ports';
import type { MeasurePartner } from '#shared/application/partners/tiers/measure-partner';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import type { Clock } from '#shared/application/ports';
import { tierInForce } from '#shared/domain/partner/terms';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import { progressOf } from '#shared/domain/partner/tiers/progress';
import { floorOf } from '#shared/domain/partner/tiers/review-partner';
import { toInstant } from '#shared/domain/time/instant';

export type NextTierOf = {
  readonly tier: string;
  readonly next?: { readonly tier: string; readonly distances: readonly Distance[] } | undefined;
  readonly nextByInvitation?: string | undefined;
};

/** The tier of a partner now, the one above, and what it takes; `undefined` for a partner without a tier. */
export type ReadNextTier = (programId: string, partnerId: string) => Promise<NextTierOf | undefined>;

/** What a notice tells of the next tier: measured when it is written, from all facts or not at all. @throws whatever measuring does */
export function makeReadNextTier(deps: {
  readonly partners: Pick<PartnerStore, 'standing'>;
  readonly schemes: Pick<TierSchemes, 'current'>;
  readonly measure: MeasurePartner;
  readonly clock: Clock;
}): ReadNextTier {
  return async (programId, partnerId) => {
    const now = toInstant(deps.clock());
    const standing = await deps.partners.standing(programId, partnerId);
    const tier = standing && tierInForce(standing.tiers, now)?.tier;
    if (!standing || tier === undefined) return undefined;
    const { scheme } = await deps.schemes.current(programId);
    const measures = await deps.measure(standing, scheme, now);
    const { next, nextByInvitation } = progressOf(scheme, { tier, floor: floorOf(standing.tiers, now) }, measures);
    return {
      tier,
      ...(next ? { next: { tier: next.tier, distances: next.distances } } : {}),
      ...(nextByInvitation === undefined ? {} : { nextByInvitation }),
    };
  };
}
