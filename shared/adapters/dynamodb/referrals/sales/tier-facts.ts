import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { CONVERSION_FACTS, FACTS_INDEX, factsPartition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { movesOf } from '#shared/application/partners/tiers/order-moves';
import type { MonthRefund, MonthSale, TierFacts } from '#shared/application/partners/tiers/tier-facts';

/** Enough for a month of nearly every partner in one answer. */
const PAGE_LIMIT = 500;

/** What tiers look at of a sale or refund; a page carries no more over the wire. */
const FIELDS = [
  'factsSk',
  'orderId',
  'customerId',
  'occurredAt',
  'recordedAt',
  'amountMinor',
  'currency',
  'refundedMinor',
  'earnsNothing',
  'reattributedAt',
] as const;

const saleSchema = z
  .object({
    orderId: z.string(),
    customerId: z.string(),
    occurredAt: storedInstantSchema,
    recordedAt: storedInstantSchema,
    amountMinor: storedMinorSchema,
    currency: z.string(),
    refundedMinor: storedMinorSchema,
    earnsNothing: z.string().optional(),
    reattributedAt: storedInstantSchema.optional(),
  })
  .transform(({ reattributedAt, ...sale }): MonthSale => ({ ...sale, changedAt: reattributedAt }));

const refundSchema = z.object({
  orderId: z.string(),
  amountMinor: storedMinorSchema,
  recordedAt: storedInstantSchema,
});

/** Facts for tier reviews, through the contract index of referrals. */
export function makeTierFacts(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): TierFacts {
  const { documents, tableName } = table;
  const { firstPurchases } = makeReferralFacts(table);
  const orders = makeConversionStore(table);
  return {
    async month(programId, partnerId, period, after) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: 'factsPk = :pk',
          ExpressionAttributeValues: { ':pk': factsPartition(programId, partnerId, period) },
          ProjectionExpression: FIELDS.join(', '),
          // Refunds sort after sales, and the newest come first.
          ScanIndexForward: false,
          Limit: PAGE_LIMIT,
          ExclusiveStartKey:
            after === undefined ? undefined : (JSON.parse(fromCursor(after)) as Record<string, unknown>),
        }),
      );
      const sales: MonthSale[] = [];
      const refunds: MonthRefund[] = [];
      for (const item of Items) {
        if (String(item.factsSk).startsWith(CONVERSION_FACTS)) sales.push(saleSchema.parse(item));
        else refunds.push(refundSchema.parse(item));
      }
      const next = LastEvaluatedKey && toCursor(JSON.stringify(LastEvaluatedKey));
      return { sales, refunds, ...(next === undefined ? {} : { next }) };
    },
    firstPurchases,
    async moves(programId, orderId, partnerId) {
      const order = await orders.findOrder(programId, orderId);
      return order ? movesOf(order, partnerId) : [];
    },
    async refundMonths(programId, orderId) {
      const order = await orders.findOrder(programId, orderId);
      return order?.refunds.map(({ period }) => period) ?? [];
    },
  };
}
