import type {
  ConversionRecord,
  OrderRecord,
  RefundRecord,
  SalePart,
  SplitRefund,
} from '#shared/application/referrals/ports';
import { compareText } from '#shared/domain/time/instant';

/** The parts of split sales in memory, as the table keeps them beside their orders. */
export function makeFakeParts() {
  const byOrder = new Map<string, readonly SalePart[]>();
  const keyOf = ({ programId, orderId }: Pick<ConversionRecord, 'programId' | 'orderId'>): string =>
    `${programId} ${orderId}`;
  const set = (order: Pick<ConversionRecord, 'programId' | 'orderId'>, parts: readonly SalePart[]): void => {
    if (parts.length > 0) byOrder.set(keyOf(order), parts);
  };
  return {
    add: (sale: ConversionRecord, parts: readonly ConversionRecord[]): void =>
      set(
        sale,
        parts.map((conversion) => ({ conversion, refunds: [] })),
      ),
    set,
    refund: (refund: RefundRecord, split: SplitRefund | undefined): void => {
      if (!split) return;
      const parts = (byOrder.get(keyOf(refund)) ?? []).map(({ conversion, refunds }): SalePart => {
        const own = split.parts.find(({ partnerId }) => partnerId === conversion.partnerId);
        if (!own) return { conversion, refunds };
        return {
          conversion: {
            ...conversion,
            refundedMinor: conversion.refundedMinor + own.amountMinor,
            nettedMinor: conversion.nettedMinor + (own.late ? 0n : own.amountMinor),
          },
          refunds: [...refunds, own].sort((a, b) => compareText(a.refundId, b.refundId)),
        };
      });
      set(refund, parts);
    },
    of: (programId: string, orderId: string): Pick<OrderRecord, 'parts'> => {
      const parts = byOrder.get(keyOf({ programId, orderId }));
      return parts ? { parts } : {};
    },
    /** What stands in the index: every part, and of the others all but split sales as a whole. */
    counted: (sales: Iterable<ConversionRecord>): ConversionRecord[] => [
      ...[...sales].filter(({ credits }) => credits === undefined),
      ...[...byOrder.values()].flat().map(({ conversion }) => conversion),
    ],
    countedRefunds: (refunds: Iterable<RefundRecord>): RefundRecord[] => [
      ...[...refunds].filter((refund) => !byOrder.has(keyOf(refund))),
      ...[...byOrder.values()].flat().flatMap(({ refunds: own }) => own),
    ],
  };
}
