import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { parseHold } from '#shared/adapters/dynamodb/referrals/holds/hold-items';
import {
  FACTS_INDEX,
  holdKey,
  holdsOrder,
  holdsPartition,
  isHoldPosition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { Hold, HoldPages, HoldStore } from '#shared/application/referrals/holds/hold-ports';
import type { HoldStatus } from '#shared/domain/fraud/hold';
import type { Instant } from '#shared/domain/time/instant';

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/** Holds by status, from the index alone. */
export function makeHoldPages({ documents, tableName }: Table): HoldPages {
  return {
    list: async ({ programId, status, partnerId }, { cursor, limit }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor, isHoldPosition);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: after === undefined ? 'factsPk = :pk' : 'factsPk = :pk AND factsSk > :after',
          ...(partnerId === undefined ? {} : { FilterExpression: 'contains(partnerIds, :partner)' }),
          ExpressionAttributeValues: {
            ':pk': holdsPartition(programId, status),
            ':after': after,
            ':partner': partnerId,
          },
          Limit: limit,
        }),
      );
      const items = Items.map(parseHold);
      return LastEvaluatedKey ? { items, nextCursor: toCursor(String(LastEvaluatedKey.factsSk)) } : { items };
    },
  };
}

/** Holds in the Referrals table. They come and end together with their sales (conversions, reattributions). */
export function makeHoldStore(table: Table): HoldStore {
  const { documents, tableName: TableName } = table;
  return {
    ...makeHoldPages(table),
    find: async (programId, orderId) => {
      const Key = holdKey(programId, orderId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && parseHold(Item);
    },
    overdue: async function* (programId, now) {
      const items = queryAll(documents, {
        TableName,
        IndexName: FACTS_INDEX,
        KeyConditionExpression: 'factsPk = :pk AND factsSk < :now',
        ExpressionAttributeValues: { ':pk': holdsPartition(programId, 'open'), ':now': holdsOrder(now, '') },
      });
      for await (const item of items) yield parseHold(item);
    },
    escalate: async (hold, at) =>
      (await ifConditionHolds(documents.send(new UpdateCommand({ TableName, ...escalation(hold, at) }))))
        ? 'done'
        : 'changed',
  };
}

function escalation({ programId, orderId }: Hold, at: Instant): Omit<UpdateCommand['input'], 'TableName'> {
  return {
    Key: holdKey(programId, orderId),
    UpdateExpression: 'SET #status = :escalated, escalatedAt = :at, factsPk = :facts',
    ConditionExpression: '#status = :open',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':escalated': 'escalated' satisfies HoldStatus,
      ':open': 'open' satisfies HoldStatus,
      ':at': at,
      ':facts': holdsPartition(programId, 'escalated'),
    },
  };
}
