import type { ConversionRecord, OrderRecord } from '#shared/application/referrals/ports';
import { partsOfSale } from '#shared/application/referrals/sales/split-credit';
import { shareBpsOf } from '#shared/domain/money/split-credit';

/** What each partner has of a split sale, by partner id; no member for any other. */
export function creditsAnswer(sale: ConversionRecord): Record<string, unknown> {
  const parts = partsOfSale(sale);
  return parts.length === 0 ? {} : { credits: parts.map(creditAnswer) };
}

/** The same with the refunds of each part. */
export function creditsOfOrder({ parts }: OrderRecord): Record<string, unknown> {
  if (!parts) return {};
  const credits = parts.map(({ conversion }) => {
    const { refundedMinor, nettedMinor } = conversion;
    return { ...creditAnswer(conversion), refundedMinor, nettedMinor };
  });
  return { credits };
}

function creditAnswer(part: ConversionRecord): Record<string, unknown> {
  const { partnerId, amountMinor, earnsNothing, credit } = part;
  const reason = earnsNothing === undefined ? {} : { earnsNothing };
  return { partnerId, shareBps: credit && shareBpsOf(credit), amountMinor, ...reason };
}

/** Whether something of a sale can be earned: of a split one any part. */
export function outcomeOf({ partnerId, earnsNothing, credits }: ConversionRecord): string {
  if (partnerId === undefined && credits === undefined) return 'unattributed';
  const isEarning = credits === undefined || credits.some((credit) => credit.earnsNothing === undefined);
  return earnsNothing === undefined && isEarning ? 'attributed' : 'earns_nothing';
}
