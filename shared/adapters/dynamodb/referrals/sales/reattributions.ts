import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { holdChangeWrites } from '#shared/adapters/dynamodb/referrals/holds/hold-items';
import {
  conversionKey,
  factsPartition,
  formerKey,
  type Key,
  reattributedOrder,
  reattributedPartition,
  reattributionKey,
  refundKey,
  refundPartKey,
  salePartKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import {
  conversionItem,
  storedInstantSchema,
  storedMinorSchema,
  storedPeriodSchema,
} from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { refundItem } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import type {
  ConversionRecord,
  OrderRecord,
  ReattributionRecord,
  ReattributionStore,
  RefundRecord,
  RestampedSale,
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
  kind: z.enum(['hold', 'release', 'void']).optional(),
  before: stampSchema,
  after: stampSchema,
});

export function parseReattribution(item: unknown): ReattributionRecord {
  return reattributionSchema.parse(item);
}

/** Who had a sale apart from how it was held, released or voided: the same records, two stories. */
export function recordsOfOrder(
  records: readonly ReattributionRecord[],
): Pick<OrderRecord, 'reattributions' | 'holdRecords'> {
  const holdRecords = records.filter(({ kind }) => kind !== undefined);
  const reattributions = records.filter(({ kind }) => kind === undefined);
  return holdRecords.length === 0 ? { reattributions } : { reattributions, holdRecords };
}

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
    save: async (before, change) => {
      const { record, conversion } = change;
      const { programId, orderId } = conversion;
      const recorded = put(
        TableName,
        reattributionKey(programId, orderId, record.sequence),
        recordItem(conversion, record),
      );
      const TransactItems = [
        recorded,
        moveConversion(TableName, before, conversion, record.at),
        ...change.refunds.map((refund) =>
          moveRefund(TableName, refund, refundKey(programId, orderId, refund.refundId)),
        ),
        ...formerWrites(TableName, change, record.sequence),
        ...(change.parts ?? []).flatMap((part) => movePart(TableName, part, record)),
        ...holdChangeWrites(TableName, before.hold, change.hold),
      ];
      if (TransactItems.length > MAX_TRANSACTION_ITEMS) throw new RangeError(`order ${orderId} has too many refunds`);
      return (await transact(documents, TransactItems)).length === 0 ? 'saved' : 'contended';
    },
  };
}

function put(TableName: string, key: Key, item: Record<string, unknown>): Writes[number] {
  return { Put: { TableName, Item: { ...item, ...key }, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** Copies of what closed months have read. The whole of a split sale is read by none. */
function formerWrites(TableName: string, { conversion, former }: RestampedSale, sequence: number): Writes {
  const { programId, orderId } = conversion;
  const keep = (item: Record<string, unknown>, key: Key): Writes[number] =>
    put(TableName, formerKey(key, sequence), item);
  return [
    ...(former.conversion ? [keep(conversionItem(former.conversion), conversionKey(programId, orderId))] : []),
    ...former.refunds.map((refund) => keep(refundItem(refund), refundKey(programId, orderId, refund.refundId))),
  ];
}

/** One partner's part of a split sale; the condition stands on the sale as a whole. */
function movePart(TableName: string, part: RestampedSale, { at, sequence }: ReattributionRecord): Writes {
  const { programId, orderId, partnerId = '' } = part.conversion;
  const key = salePartKey(programId, orderId, partnerId);
  const refundOf = ({ refundId }: RefundRecord): Key => refundPartKey(programId, orderId, refundId, partnerId);
  const keep = (item: Record<string, unknown>, of: Key): Writes[number] =>
    put(TableName, formerKey(of, sequence), item);
  const { former } = part;
  return [
    { Update: { TableName, Key: key, ...movedFields(part.conversion, at) } },
    ...part.refunds.map((refund) => moveRefund(TableName, refund, refundOf(refund))),
    ...(former.conversion ? [keep(conversionItem(former.conversion), key)] : []),
    ...former.refunds.map((refund) => keep(refundItem(refund), refundOf(refund))),
  ];
}

/**
 * In the contract index by the month in which the sale counts from now on: who let it in there does not let the money out.
 * A hold and a void let nothing in.
 */
function recordItem({ programId, orderId }: ConversionRecord, record: ReattributionRecord): Record<string, unknown> {
  const { at, sequence, after, kind } = record;
  if (kind === 'hold' || kind === 'void') return record;
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
  const { programId, orderId } = moved;
  const known = read.reattributions ?? 0;
  const { ExpressionAttributeValues, ...fields } = movedFields(moved, at);
  return {
    Update: {
      TableName,
      Key: conversionKey(programId, orderId),
      ...fields,
      ConditionExpression: `refundedMinor = :refunded AND ${
        known === 0 ? 'attribute_not_exists(reattributions)' : 'reattributions = :known'
      }`,
      ExpressionAttributeValues: {
        ...ExpressionAttributeValues,
        ':refunded': read.refundedMinor,
        ...(known === 0 ? {} : { ':known': known }),
      },
    },
  };
}

/** What a change says anew of a sale or a part of it; a member that it leaves out is left as it is, but for the reason to earn nothing. */
function movedFields(moved: ConversionRecord, at: ReattributionRecord['at']) {
  const { programId, partnerId, credits, period, nettedMinor, firstPurchasePeriod, reattributions } = moved;
  const { earnsNothing, signals, holdUntil, holdChanges } = moved;
  const fields: Readonly<Record<string, unknown>> = {
    partnerId,
    period,
    nettedMinor,
    firstPurchasePeriod,
    reattributions,
    reattributedAt: at,
    earnsNothing,
    signals,
    holdUntil,
    holdChanges,
    // A split sale as a whole is in no index.
    factsPk: credits ? undefined : factsPartition(programId, partnerId, period),
  };
  const { UpdateExpression, ...rest } = settingFields(fields);
  return {
    UpdateExpression: `${UpdateExpression}${earnsNothing === undefined ? ' REMOVE earnsNothing' : ''}`,
    ...rest,
  };
}

function moveRefund(TableName: string, refund: RefundRecord, Key: Key): Writes[number] {
  const { programId, partnerId, period, late } = refund;
  // The refund of a split sale as a whole is nobody's and in no index; its parts are.
  const factsPk = partnerId === undefined ? undefined : factsPartition(programId, partnerId, period);
  const fields = settingFields({ partnerId, period, late, factsPk });
  return { Update: { TableName, Key, ...fields, ConditionExpression: 'attribute_exists(pk)' } };
}

/** Sets what is given and leaves the rest as it is. */
function settingFields(fields: Readonly<Record<string, unknown>>) {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}
