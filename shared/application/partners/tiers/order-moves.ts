import type { GivenAway, OrderMove } from '#shared/application/partners/tiers/tier-facts';
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

/** What the partner had who lost a sale by the re-attribution of this number; nobody, or one who has it again: nothing. */
export function givenAwayBy(
  { conversion, refunds, reattributions }: OrderRecord,
  sequence: number,
): GivenAway | undefined {
  const { partnerId, period } = reattributions.find((record) => record.sequence === sequence)?.before ?? {};
  if (partnerId === undefined || period === undefined || partnerId === conversion.partnerId) return undefined;
  const { orderId, customerId, occurredAt, recordedAt, amountMinor, currency, refundedMinor } = conversion;
  return {
    partnerId,
    period,
    sale: { orderId, customerId, occurredAt, recordedAt, amountMinor, currency, refundedMinor },
    refunds: refunds.map((refund) => ({ orderId, amountMinor: refund.amountMinor, recordedAt: refund.recordedAt })),
  };
}
