import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { parseTouches } from '#shared/adapters/dynamodb/referrals/customers/customer-items';
import { touchesKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { TouchStore } from '#shared/application/referrals/customers/customer-ports';
import { toEpochMs } from '#shared/domain/time/instant';

const MS_PER_SECOND = 1_000;

/** Clicks and codes of a customer before a sale, in one item beside the customer, so that the sale's one query reads both. */
export function makeTouchStore({
  documents,
  tableName: TableName,
}: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): TouchStore {
  return {
    read: async ({ programId, customerId }) => {
      const Key = touchesKey(programId, customerId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item ? parseTouches(Item) : { touches: [], revision: 0 };
    },
    save: async ({ programId, customerId }, { touches, revision }, keptUntil) => {
      const expiresAt = Math.ceil(toEpochMs(keptUntil) / MS_PER_SECOND);
      const isFirst = revision === 1;
      try {
        await documents.send(
          new PutCommand({
            TableName,
            Item: { ...touchesKey(programId, customerId), touches, revision, expiresAt },
            ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : 'revision = :known',
            ...(isFirst ? {} : { ExpressionAttributeValues: { ':known': revision - 1 } }),
          }),
        );
        return 'saved';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'contended';
        throw error;
      }
    },
  };
}
