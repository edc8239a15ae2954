import type { ReadTierProgress } from '#shared/application/partners/tiers/read-tier-progress';
import type { Distance } from '#shared/domain/partner/tiers/measures';

export type NextTierOf = {
  readonly tier: string;
  readonly next?: { readonly tier: string; readonly distances: readonly Distance[] } | undefined;
  readonly nextByInvitation?: string | undefined;
};

/** The tier of a partner now, the one above, and what it takes; `undefined` for a partner without a tier. */
export type ReadNextTier = (programId: string, partnerId: string) => Promise<NextTierOf | undefined>;

/** What a notice tells of the next tier: the progress when it is written, from all facts or not at all. @throws whatever reading it does */
export function makeReadNextTier(readProgress: ReadTierProgress): ReadNextTier {
  return async (programId, partnerId) => {
    const { progress } = await readProgress({ programId, partnerId });
    if (!progress) return undefined;
    const { tier, next, nextByInvitation, isLowered } = progress;
    return {
      tier,
      // Nothing that the partner could do leads to a tier that its plan does not pay.
      ...(next && !next.waitsFor ? { next: { tier: next.tier, distances: next.distances } } : {}),
      // Whom a person has lowered needs no invitation, but that person's word.
      ...(nextByInvitation === undefined || isLowered ? {} : { nextByInvitation }),
    };
  };
}
