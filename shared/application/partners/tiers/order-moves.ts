import type { OrderMove } from '#shared/application/partners/tiers/tier-facts';
import type { OrderRecord } from '#shared/application/referrals/ports';

/**
 * What happened to an order after it was recorded, in its order: whose it was before each change, and why it earned nothing
 * then. A part of a split sale stays with its partner, and keeps a reason of its own to earn nothing.
 */
export function movesOf(
  { conversion, reattributions, holdRecords = [] }: OrderRecord,
  partnerId: string,
): readonly OrderMove[] {
  const credit = conversion.credits?.find((one) => one.partnerId === partnerId);
  return [...reattributions, ...holdRecords]
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ at, before }) => {
      const earnsNothing = credit?.earnsNothing ?? before.earnsNothing;
      const whose = credit ? partnerId : before.partnerId;
      return { at, partnerId: whose, ...(earnsNothing === undefined ? {} : { earnsNothing }) };
    });
}
