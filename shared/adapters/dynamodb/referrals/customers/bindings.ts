import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  BINDING_CHANGE_SK_PREFIX,
  bindingChangeKey,
  customerKey,
  reattributedOrder,
  reattributedPartition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedPeriodSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { transact } from '#shared/adapters/dynamodb/transact';
import type { BindingStore } from '#shared/application/referrals/customers/customer-ports';

const changeSchema = z.object({
  number: z.int(),
  at: storedInstantSchema,
  by: z.string(),
  onBehalfOf: z.string().optional(),
  reason: z.string(),
  period: storedPeriodSchema,
  before: z.string().optional(),
  after: z.string().optional(),
});

/** Whom people gave customers to: the record, which nothing changes, and the customer commit together. */
export function makeBindingStore({
  documents,
  tableName: TableName,
}: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): BindingStore {
  return {
    save: async ({ programId, customerId }, bindings, change) => {
      const known = bindings.at(-2)?.number;
      const record = {
        Put: {
          TableName,
          Item: {
            ...bindingChangeKey(programId, customerId, change.number),
            ...change,
            // Beside re-attributions: who let sales into a month does not let its money out.
            kind: 'binding',
            factsPk: reattributedPartition(programId, change.period),
            factsSk: reattributedOrder(change.at, customerId, change.number),
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      };
      const customer = {
        Update: {
          TableName,
          Key: customerKey(programId, customerId),
          UpdateExpression: 'SET bindings = :bindings, bindingNumber = :number',
          ConditionExpression: known === undefined ? 'attribute_not_exists(bindingNumber)' : 'bindingNumber = :known',
          ExpressionAttributeValues: {
            ':bindings': bindings,
            ':number': change.number,
            ...(known === undefined ? {} : { ':known': known }),
          },
        },
      };
      return (await transact(documents, [record, customer])).length === 0 ? 'saved' : 'contended';
    },
    changes: async ({ programId, customerId }, limit) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :changes)',
          ExpressionAttributeValues: {
            ':pk': customerKey(programId, customerId).pk,
            ':changes': BINDING_CHANGE_SK_PREFIX,
          },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => changeSchema.parse(item));
    },
  };
}
