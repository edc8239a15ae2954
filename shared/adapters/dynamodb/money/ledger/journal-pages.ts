import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { parseEntry } from '#shared/adapters/dynamodb/money/ledger/journal';
import {
  BY_PERIOD_INDEX,
  entryKey,
  journalBetween,
  journalPeriodKey,
  journalPeriodPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import type { JournalPages } from '#shared/application/payouts/ledger/ledger-ports';

/** The journal in the Money table as people page through it. */
export function makeJournalPages({
  documents,
  tableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): JournalPages {
  return {
    async ofMonth(programId, { month, order, from, to, after, limit }) {
      const [first, last] = journalBetween(from, to);
      const { Items, LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: BY_PERIOD_INDEX,
          KeyConditionExpression: 'periodPk = :pk AND periodSk BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': journalPeriodPk(programId, month), ':first': first, ':last': last },
          ScanIndexForward: order === 'oldest',
          ExclusiveStartKey: after && {
            ...entryKey(programId, after.partnerId, after.entryId),
            ...journalPeriodKey(programId, after.postedAt, after.entryId),
          },
          Limit: limit,
        }),
      );
      return { items: (Items ?? []).map(parseEntry), more: LastEvaluatedKey !== undefined };
    },
    async get(programId, partnerId, entryId) {
      const Key = entryKey(programId, partnerId, entryId);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && parseEntry(Item);
    },
  };
}
