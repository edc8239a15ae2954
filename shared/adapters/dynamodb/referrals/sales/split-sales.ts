import {
  REFUND_PART_SK_PREFIX,
  refundPartKey,
  SALE_PART_SK_PREFIX,
  salePartKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { conversionItem, parseConversion } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { parseRefund, refundItem } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { ConversionRecord, OrderRecord, RefundRecord } from '#shared/application/referrals/ports';

/**
 * A split sale in the Referrals table: the sale itself, which is in no index, and beside it one item a partner, which is what
 * a close reads of it. Refunds lie in the same way.
 */
export function salePartWrites(TableName: string, parts: readonly ConversionRecord[]): Writes {
  return parts.map((part) => ({ Put: { TableName, Item: salePartItem(part) } }));
}

export function salePartItem(part: ConversionRecord): Record<string, unknown> {
  return { ...conversionItem(part), ...salePartKey(part.programId, part.orderId, partnerOf(part)) };
}

export function refundPartItem(part: RefundRecord): Record<string, unknown> {
  return { ...refundItem(part), ...refundPartKey(part.programId, part.orderId, part.refundId, partnerOf(part)) };
}

/** Each part of a refund with the sums of its part of the sale. The condition stands on the sale as a whole. */
export function refundPartWrites(TableName: string, parts: readonly RefundRecord[]): Writes {
  return parts.flatMap((part): Writes => {
    const { programId, orderId, amountMinor, late } = part;
    return [
      { Put: { TableName, Item: refundPartItem(part) } },
      {
        Update: {
          TableName,
          Key: salePartKey(programId, orderId, partnerOf(part)),
          UpdateExpression: 'SET refundedMinor = refundedMinor + :amount, nettedMinor = nettedMinor + :netted',
          ExpressionAttributeValues: { ':amount': amountMinor, ':netted': late ? 0n : amountMinor },
        },
      },
    ];
  });
}

/** The parts among the items of an order, by partner id; no member for a sale that is not split. */
export function partsOfOrder(items: readonly Record<string, unknown>[]): Pick<OrderRecord, 'parts'> {
  const of = (prefix: string): Record<string, unknown>[] => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const refunds = of(REFUND_PART_SK_PREFIX).map(parseRefund);
  const parts = of(SALE_PART_SK_PREFIX).map((item) => {
    const conversion = parseConversion(item);
    return { conversion, refunds: refunds.filter(({ partnerId }) => partnerId === conversion.partnerId) };
  });
  return parts.length === 0 ? {} : { parts };
}

function partnerOf({ partnerId }: { readonly partnerId: string | undefined }): string {
  if (partnerId === undefined) throw new Error('a part of a split sale without its partner');
  return partnerId;
}
