import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  CONVERSION_FACTS,
  conversionsAfter,
  FACTS_INDEX,
  FORMER_SK_PREFIX,
  factsOrder,
  factsPartition,
  isConversionPosition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { parseConversion } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { ConversionPages, ListedConversion } from '#shared/application/referrals/ports';

/** Sales by partner and month, from the index that payouts read: the lists are what a close reads. */
export function makeConversionPages({
  documents,
  tableName,
}: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): ConversionPages {
  return {
    ofMonth: async ({ programId, partnerId, period }, { cursor, limit }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor, isConversionPosition);
      const { from, to } = conversionsAfter(after);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: 'factsPk = :pk AND factsSk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': factsPartition(programId, partnerId, period), ':from': from, ':to': to },
          // One more tells whether there is a next page.
          Limit: limit + 1,
        }),
      );
      const items = Items.slice(0, limit).map(listed);
      const last = items.at(-1)?.conversion;
      const isLast = Items.length <= limit && LastEvaluatedKey === undefined;
      return isLast || !last
        ? { items }
        : { items, nextCursor: toCursor(factsOrder(CONVERSION_FACTS, last.occurredAt, last.orderId)) };
    },
  };
}

function listed(item: Record<string, unknown>): ListedConversion {
  return { conversion: parseConversion(item), isFormer: String(item.sk).startsWith(FORMER_SK_PREFIX) };
}
