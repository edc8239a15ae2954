import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { railChangeKey, railChangesPk } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { ACCOUNT_RAILS, type RailChange, type RailChanges } from '#shared/application/payouts/rails/rail-setup';

const changeSchema = z.object({
  programId: z.string(),
  rail: z.enum(ACCOUNT_RAILS),
  version: z.int(),
  enabled: z.boolean(),
  mode: z.enum(['live', 'test']),
  account: z.string(),
  by: z.string(),
  onBehalfOf: z.string().optional(),
  at: instantField,
});

/** Changes of the accounts that programmes pay from, each written once; without keys. */
export function makeRailChanges(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): RailChanges {
  const { documents, tableName: TableName } = deps;
  return {
    all: async (programId) => {
      const changes: RailChange[] = [];
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': railChangesPk(programId) },
        ConsistentRead: true,
      });
      for await (const item of items) changes.push(changeSchema.parse(item));
      return changes;
    },
    append: (change) => {
      const Item = { ...railChangeKey(change.programId, change.rail, change.version), type: 'rail_change', ...change };
      return ifConditionHolds(
        documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
      );
    },
  };
}
