import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { API_KEYS_PK } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { ApiKeyMaker, ApiKeyMakers } from '#shared/application/api-key-makers';

const makerSchema = z.object({
  keyId: z.string(),
  programId: z.string().optional(),
  createdBy: z.string(),
  onBehalfOf: z.string().optional(),
  createdAt: instantField,
  revokedAt: instantField.optional(),
});

/** Who made the API keys of the installation. Their secrets' hashes are another partition. */
export function makeApiKeyMakers(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): ApiKeyMakers {
  return {
    async all() {
      const makers: ApiKeyMaker[] = [];
      const items = queryAll(table.documents, {
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': API_KEYS_PK },
        ConsistentRead: true,
      });
      for await (const item of items) makers.push(makerSchema.parse(item));
      return makers;
    },
  };
}
