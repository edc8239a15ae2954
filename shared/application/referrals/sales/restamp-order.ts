import type {
  AttributionStamp,
  ConversionRecord,
  OrderRecord,
  Reattribution,
  ReattributionRecord,
  RefundRecord,
  RestampedSale,
  SalePart,
} from '#shared/application/referrals/ports';
import { MAX_REFUNDS_MOVED, restamp, staysReadable } from '#shared/domain/facts/reattribution';
import type { Period } from '#shared/domain/time/instant';

/** Who has a sale from now on, and whether it earns. */
export type Restamped = Pick<ConversionRecord, 'partnerId' | 'earnsNothing' | 'signals' | 'holdUntil'>;

/** What is said about a change of an order; its number and what stood before and after follow. */
export type Said = Omit<ReattributionRecord, 'sequence' | 'before' | 'after'>;

/**
 * The order as it is from now on, and what is kept of before: stamped anew into the first open month where its own is closed,
 * with a copy of what a closed month has read, and the record of the change. The parts of a split sale go with it, each to the
 * partner that it had; one that earns nothing for a reason of its own keeps that.
 */
export function restampOrder(order: OrderRecord, asked: Restamped, said: Said, closedThrough: Period): Reattribution {
  const to: RestampTo =
    said.kind === undefined ? asked : { ...asked, holdChanges: (order.conversion.holdChanges ?? 0) + 1 };
  const sequence = (order.conversion.reattributions ?? 0) + 1;
  const whole = restampSale(order, to, sequence, closedThrough);
  const { conversion, refunds } = whole;
  const parts = order.parts?.map((part) => {
    const { partnerId } = part.conversion;
    const credit = order.conversion.credits?.find((one) => one.partnerId === partnerId);
    const earnsNothing = credit?.earnsNothing ?? to.earnsNothing;
    return restampSale(part, { ...to, partnerId, earnsNothing }, sequence, closedThrough);
  });
  const before = stampOf(order.conversion, order.refunds);
  const after = stampOf(conversion, refunds);
  return { record: { ...said, sequence, before, after }, ...whole, ...(parts ? { parts } : {}) };
}

/** `holdChanges`: how many changes were about a hold, where this one is. */
type RestampTo = Restamped & Pick<ConversionRecord, 'holdChanges'>;

function restampSale(sale: SalePart, to: RestampTo, sequence: number, closedThrough: Period): RestampedSale {
  const { earnsNothing: _, ...kept } = sale.conversion;
  const { refunds: stamped, ...stamps } = restamp(kept, sale.refunds, closedThrough);
  const { partnerId, earnsNothing, signals, holdUntil } = to;
  const why = signals === undefined ? {} : { signals, holdUntil };
  const reason = earnsNothing === undefined ? {} : { earnsNothing };
  const holdChanges = to.holdChanges === undefined ? {} : { holdChanges: to.holdChanges };
  return {
    conversion: { ...kept, ...stamps, partnerId, ...reason, ...why, reattributions: sequence, ...holdChanges },
    refunds: stamped.map((refund) => ({ ...refund, partnerId })),
    former: {
      conversion: staysReadable(sale.conversion, closedThrough) ? sale.conversion : undefined,
      refunds: sale.refunds.filter((refund) => staysReadable(refund, closedThrough)),
    },
  };
}

function stampOf(conversion: ConversionRecord, refunds: readonly RefundRecord[]): AttributionStamp {
  const { partnerId, period, earnsNothing, nettedMinor } = conversion;
  const stamped = refunds.map(({ refundId, period: own, late }) => ({ refundId, period: own, late }));
  return { partnerId, period, earnsNothing, nettedMinor, refunds: stamped };
}

/** What one transaction takes, less the sale's own record, its hold and the whole of a split sale. */
const MAX_MOVED_ITEMS = 96;

/** Whether an order has more refunds than one transaction moves: every one once, and once more as a copy for a closed month. */
export function isTooLargeToMove({ refunds, parts = [] }: OrderRecord): boolean {
  const items = [{ refunds }, ...parts].flatMap((sale) => [sale, ...sale.refunds]);
  return refunds.length > MAX_REFUNDS_MOVED || 2 * items.length > MAX_MOVED_ITEMS;
}
