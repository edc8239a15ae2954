import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isTierStepSk, TIER_STEP_SK_PREFIX, tierStepKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { tierStepOfItem } from '#shared/adapters/dynamodb/partners/tiers/tier-step-items';
import type { TierStepReader } from '#shared/application/partners/tiers/tier-steps';

/** What reviews decided about partners, from the Partners table. They are written with the partner's terms. */
export function makeTierSteps(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): TierStepReader {
  const { documents, tableName: TableName } = table;
  return {
    async list(programId, partnerId, { cursor, limit }) {
      const before = cursor === undefined ? `${TIER_STEP_SK_PREFIX}~` : fromCursor(cursor, isTierStepSk);
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :before',
          // Both ends belong to it: the one that ended the last page is left out below.
          ExpressionAttributeValues: {
            ':pk': tierStepKey(programId, partnerId, 0).pk,
            ':first': TIER_STEP_SK_PREFIX,
            ':before': before,
          },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit + 2,
        }),
      );
      const found = Items.filter(({ sk }) => sk !== before);
      const items = found.slice(0, limit);
      const last = items.at(-1)?.sk;
      const isLast = found.length <= limit || typeof last !== 'string';
      return { items: items.map(tierStepOfItem), ...(isLast ? {} : { nextCursor: toCursor(last) }) };
    },
    async find(programId, partnerId, number) {
      const Key = tierStepKey(programId, partnerId, number);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && tierStepOfItem(Item);
    },
  };
}
