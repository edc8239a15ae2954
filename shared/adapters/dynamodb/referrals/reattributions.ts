import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import {
  conversionItem,
  storedInstantSchema,
  storedMinorSchema,
  storedPeriodSchema,
} from '#shared/adapters/dynamodb/referrals/conversion-items';
import {
  conversionKey,
  factsPartition,
  formerKey,
  type Key,
  reattributedOrder,
  reattributedPartition,
  reattributionKey,
  refundKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { refundItem } from '#shared/adapters/dynamodb/referrals/refunds';
import type {
  ConversionRecord,
  OrderRecord,
  ReattributionRecord,
  ReattributionStore,
  RefundRecord,
} from '#shared/application/referrals/ports';

const stampSchema = z
  .object({
    partnerId: z.string().optional(),
    period: storedPeriodSchema,
    earnsNothing: z.string().optional(),
    nettedMinor: storedMinorSchema,
    refunds: z.array(z.object({ refundId: z.string(), period: storedPeriodSchema, late: z.boolean() })),
  })
  .transform((stamp) => ({ ...stamp, partnerId: stamp.partnerId }));

const reattributionSchema = z.object({
  reattributionId: z.string(),
  sequence: z.int(),
  at: storedInstantSchema,
  by: z.string(),
  onBehalfOf: z.string().optional(),
  reason: z.string(),
  disputeId: z.string().optional(),
  before: stampSchema,
  after: stampSchema,
});

export function parseReattribution(item: unknown): ReattributionRecord {
  return reattributionSchema.parse(item);
}

type Writes = NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>;

/** DynamoDB's own limit of one transaction; the use case refuses an order whose refunds would pass it. */
const MAX_TRANSACTION_ITEMS = 100;

/**
 * Re-attributions in the Referrals table: record, sale, refunds and the copies for closed months commit together. A refund
 * that is recorded meanwhile changes the sale's sums, so that one of the two writers has to read again.
 */
export function makeReattributionStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): ReattributionStore {
  const { documents, tableName: TableName } = deps;
  return {
    save: async (before, { record, conversion, refunds, former }) => {
      const { programId, orderId } = conversion;
      const put = (key: Key, item: Record<string, unknown>): Writes[number] => ({
        Put: { TableName, Item: { ...item, ...key }, ConditionExpression: 'attribute_not_exists(pk)' },
      });
      const keep = (item: Record<string, unknown>, key: Key): Writes[number] =>
        put(formerKey(key, record.sequence), item);
      const TransactItems = [
        put(reattributionKey(programId, orderId, record.sequence), recordItem(conversion, record)),
        moveConversion(TableName, before, conversion, record.at),
        ...refunds.map((refund) => moveRefund(TableName, refund)),
        ...(former.conversion ? [keep(conversionItem(former.conversion), conversionKey(programId, orderId))] : []),
        ...former.refunds.map((refund) => keep(refundItem(refund), refundKey(programId, orderId, refund.refundId))),
      ];
      if (TransactItems.length > MAX_TRANSACTION_ITEMS) throw new RangeError(`order ${orderId} has too many refunds`);
      try {
        await documents.send(new TransactWriteCommand({ TransactItems }));
        return 'saved';
      } catch (error) {
        if (cancellationCodes(error)) return 'contended';
        throw error;
      }
    },
  };
}

/** In the contract index by the month in which the sale counts from now on: who let it in there does not let the money out. */
function recordItem(
  { programId, orderId }: ConversionRecord,
  record: ReattributionRecord,
): ReattributionRecord & { readonly factsPk: string; readonly factsSk: string } {
  const { at, sequence, after } = record;
  return {
    ...record,
    factsPk: reattributedPartition(programId, after.period),
    factsSk: reattributedOrder(at, orderId, sequence),
  };
}

function moveConversion(
  TableName: string,
  { conversion: read }: OrderRecord,
  moved: ConversionRecord,
  at: ReattributionRecord['at'],
): Writes[number] {
  const { programId, orderId, partnerId, period, nettedMinor, firstPurchasePeriod, reattributions } = moved;
  const known = read.reattributions ?? 0;
  return {
    Update: {
      TableName,
      Key: conversionKey(programId, orderId),
      UpdateExpression:
        'SET partnerId = :partner, #period = :period, nettedMinor = :netted, firstPurchasePeriod = :first, ' +
        'reattributions = :count, reattributedAt = :at, factsPk = :facts REMOVE earnsNothing',
      ConditionExpression: `refundedMinor = :refunded AND ${
        known === 0 ? 'attribute_not_exists(reattributions)' : 'reattributions = :known'
      }`,
      ExpressionAttributeNames: { '#period': 'period' },
      ExpressionAttributeValues: {
        ':partner': partnerId,
        ':period': period,
        ':netted': nettedMinor,
        ':first': firstPurchasePeriod,
        ':count': reattributions,
        ':at': at,
        ':facts': factsPartition(programId, partnerId, period),
        ':refunded': read.refundedMinor,
        ...(known === 0 ? {} : { ':known': known }),
      },
    },
  };
}

function moveRefund(TableName: string, refund: RefundRecord): Writes[number] {
  const { programId, orderId, refundId, partnerId, period, late } = refund;
  return {
    Update: {
      TableName,
      Key: refundKey(programId, orderId, refundId),
      UpdateExpression: 'SET partnerId = :partner, #period = :period, late = :late, factsPk = :facts',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#period': 'period' },
      ExpressionAttributeValues: {
        ':partner': partnerId,
        ':period': period,
        ':late': late,
        ':facts': factsPartition(programId, partnerId, period),
      },
    },
  };
}
