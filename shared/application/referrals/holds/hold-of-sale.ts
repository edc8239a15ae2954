import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import { isHeldReason } from '#shared/domain/fraud/hold';
import type { Instant } from '#shared/domain/time/instant';

/** The hold that a sale which is held is stored with; `undefined` for every other sale. */
export function holdOfSale(sale: ConversionRecord, heldAt: Instant = sale.recordedAt): Hold | undefined {
  const { programId, orderId, partnerId, credits = [], occurredAt, period, amountMinor, currency } = sale;
  const { earnsNothing, signals = [], holdUntil: deadline } = sale;
  if (!isHeldReason(earnsNothing) || deadline === undefined) return undefined;
  const partnerIds = partnerId === undefined ? credits.map((credit) => credit.partnerId) : [partnerId];
  const counts = { programId, orderId, partnerIds, occurredAt, period, amountMinor, currency };
  return { ...counts, status: 'open', signals, heldAt, deadline };
}
