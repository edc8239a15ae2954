import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  API_KEYS_PK,
  apiKeyByHashKey,
  apiKeyByIdKey,
  type Key,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type { ApiKey, ApiKeyStore } from '#shared/application/partners/ports';
import type { Instant } from '#shared/domain/time/instant';

const instant = z.string().transform((text) => text as Instant);
const apiKeySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  role: z.enum(['admin', 'merchant']),
  programId: z.string().optional(),
  createdAt: instant,
  createdBy: z.string(),
  onBehalfOf: z.string().optional(),
  requestHash: z.string().optional(),
  revokedAt: instant.optional(),
});
const byHashSchema = z.object({ keyId: z.string() });

/**
 * API keys by id, and by the hash of their secret. A secret finds its id and the id decides, so that a revocation is one
 * write and never half done.
 */
export function makeApiKeyStore(table: { documents: DynamoDBDocumentClient; tableName: string }): ApiKeyStore {
  const { documents, tableName } = table;
  const get = async (key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))).Item;
  const byId = async (keyId: string): Promise<ApiKey | undefined> => {
    const item = await get(apiKeyByIdKey(keyId));
    return item && apiKeySchema.parse(item);
  };

  return {
    byId,
    async create(key, secretHash) {
      const ConditionExpression = 'attribute_not_exists(pk)';
      const created = await ifConditionHolds(
        documents.send(
          new TransactWriteCommand({
            TransactItems: [
              { Put: { TableName: tableName, Item: { ...apiKeyByIdKey(key.keyId), ...key }, ConditionExpression } },
              {
                Put: {
                  TableName: tableName,
                  Item: { ...apiKeyByHashKey(secretHash), keyId: key.keyId },
                  ConditionExpression,
                },
              },
            ],
          }),
        ),
      );
      return created ? 'created' : 'exists';
    },
    async byHash(secretHash) {
      const item = await get(apiKeyByHashKey(secretHash));
      return item && byId(byHashSchema.parse(item).keyId);
    },
    async list({ cursor, limit }) {
      const after = cursor === undefined ? undefined : fromCursor(cursor);
      const page = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: { ':pk': API_KEYS_PK, ':after': after },
          // One more than wanted, so that the last page is known to be the last.
          Limit: limit + 1,
        }),
      );
      const found = (page.Items ?? []).map((item) => apiKeySchema.parse(item));
      const items = found.slice(0, limit);
      const last = items.at(-1)?.keyId;
      const isLast = found.length <= limit && !page.LastEvaluatedKey;
      return { items, nextCursor: isLast || !last ? undefined : toCursor(last) };
    },
    async revoke(keyId, at) {
      await ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: apiKeyByIdKey(keyId),
            UpdateExpression: 'SET revokedAt = :at',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
            ExpressionAttributeValues: { ':at': at },
          }),
        ),
      );
    },
  };
}
