import type { ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { makeClickReads } from '#shared/adapters/dynamodb/referrals/clicks/click-series';
import type { DaysAsked } from '#shared/adapters/dynamodb/referrals/codes/redeemed-days';
import { partnerInPlaceOfSlug } from '#shared/adapters/dynamodb/referrals/referrals-keys';

/** Clicks of all links of a partner by the programme's days, both ends included; days without one are left out. */
export function makePartnerClicks(
  deps: ReadDeps,
): (
  programId: string,
  asked: DaysAsked,
) => Promise<readonly { readonly day: string; readonly clicks: number; readonly visitors: number }[]> {
  const { series } = makeClickReads(deps);
  return async (programId, { partnerId, from, to }) => {
    const slug = partnerInPlaceOfSlug(partnerId);
    const points = await series({ programId, slug, from, to, granularity: 'day', by: 'none' });
    return points.map(({ at, clicks, visitors }) => ({ day: at, clicks, visitors }));
  };
}
