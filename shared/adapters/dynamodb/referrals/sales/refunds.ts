import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import {
  conversionKey,
  factsOrder,
  factsPartition,
  REFUND_FACTS,
  refundKey,
  refundNumberKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import {
  storedInstantSchema,
  storedMinorSchema,
  storedPeriodSchema,
} from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { refundPartWrites } from '#shared/adapters/dynamodb/referrals/sales/split-sales';
import type { RefundRecord, RefundStore, SplitRefund } from '#shared/application/referrals/ports';

const refundItemSchema = z
  .object({
    programId: z.string(),
    refundId: z.string(),
    orderId: z.string(),
    partnerId: z.string().optional(),
    kind: z.enum(['refund', 'chargeback']),
    occurredAt: storedInstantSchema,
    period: storedPeriodSchema,
    amountMinor: storedMinorSchema,
    currency: z.string(),
    late: z.boolean(),
    recordedAt: storedInstantSchema,
    contentHash: z.string(),
  })
  .transform((item): RefundRecord => ({ ...item, partnerId: item.partnerId }));

const revisionSchema = z.object({ reattributions: z.int().default(0), refundedMinor: storedMinorSchema.optional() });

export function parseRefund(item: unknown): RefundRecord {
  return refundItemSchema.parse(item);
}

export function refundItem(refund: RefundRecord): Record<string, unknown> {
  const { programId, refundId, orderId, partnerId, occurredAt, period } = refund;
  return {
    ...refundKey(programId, orderId, refundId),
    factsPk: factsPartition(programId, partnerId, period),
    factsSk: factsOrder(REFUND_FACTS, occurredAt, refundId),
    ...refund,
  };
}

/** Of a split sale: as it was sent, in no index. What it takes from each part stands in items of their own. */
function wholeRefundItem(refund: RefundRecord): Record<string, unknown> {
  return { ...refundKey(refund.programId, refund.orderId, refund.refundId), ...refund };
}

/** Refunds in the Referrals table: number, refund and the sums of the sale commit together, so that the limit always holds. */
export function makeRefundStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): RefundStore {
  const { documents, tableName: TableName } = deps;
  return {
    add: async (refund, saleMinor, reattributions = 0, split = undefined) => {
      try {
        const TransactItems = refundWrites(TableName, refund, saleMinor, { reattributions, split });
        await documents.send(new TransactWriteCommand({ TransactItems }));
        return 'recorded';
      } catch (error) {
        const codes = cancellationCodes(error);
        if (!codes) throw error;
        if (codes[0] === 'ConditionalCheckFailed') return 'exists';
        if (codes[2] !== 'ConditionalCheckFailed') return 'contended';
        // Several conditions stand on the sale: which one failed is read, not guessed.
        const sale = await documents.send(
          new GetCommand({ TableName, Key: conversionKey(refund.programId, refund.orderId), ConsistentRead: true }),
        );
        if (!sale.Item) return 'exceeds';
        const now = revisionSchema.parse(sale.Item);
        const hasOtherParts = split !== undefined && now.refundedMinor !== split.refundedBeforeMinor;
        return now.reattributions !== reattributions || hasOtherParts ? 'contended' : 'exceeds';
      }
    },
    find: async (programId, refundId) => {
      const number = await documents.send(
        new GetCommand({ TableName, Key: refundNumberKey(programId, refundId), ConsistentRead: true }),
      );
      if (!number.Item) return undefined;
      const orderId = z.string().parse(number.Item.orderId);
      const refund = await documents.send(
        new GetCommand({ TableName, Key: refundKey(programId, orderId, refundId), ConsistentRead: true }),
      );
      return refund.Item && parseRefund(refund.Item);
    },
  };
}

function refundWrites(
  TableName: string,
  refund: RefundRecord,
  saleMinor: bigint,
  { reattributions, split }: { readonly reattributions: number; readonly split: SplitRefund | undefined },
): NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']> {
  const { programId, refundId, orderId, amountMinor } = refund;
  // The refund is stamped by the sale's partner and period: both must still be what was read.
  const sameParts = split ? ' AND refundedMinor = :before' : '';
  const unmoved = reattributions === 0 ? 'attribute_not_exists(reattributions)' : 'reattributions = :reattributions';
  return [
    {
      Put: {
        TableName,
        Item: { ...refundNumberKey(programId, refundId), orderId },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName,
        Item: split ? wholeRefundItem(refund) : refundItem(refund),
      },
    },
    {
      Update: {
        TableName,
        Key: conversionKey(programId, orderId),
        UpdateExpression: 'SET refundedMinor = refundedMinor + :amount, nettedMinor = nettedMinor + :netted',
        ConditionExpression: `refundedMinor <= :room AND ${unmoved}${sameParts}`,
        ExpressionAttributeValues: {
          ':amount': amountMinor,
          ':netted': refund.late ? 0n : amountMinor,
          // Compared before the sum: the sale's amount never changes.
          ':room': saleMinor - amountMinor,
          ...(reattributions === 0 ? {} : { ':reattributions': reattributions }),
          ...(split ? { ':before': split.refundedBeforeMinor } : {}),
        },
      },
    },
    ...refundPartWrites(TableName, split?.parts ?? []),
  ];
}
