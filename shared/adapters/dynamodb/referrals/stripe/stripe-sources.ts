import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { stripeSourceKey, stripeSourceListing } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { parseStripeSource } from '#shared/adapters/dynamodb/referrals/stripe/stripe-items';
import type { StripeSourceStore } from '#shared/application/referrals/stripe/ports';

/** How programmes take events of Stripe, without any secret, and the list of those that ever did. */
export function makeStripeSourceStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): StripeSourceStore {
  const { documents, tableName: TableName } = deps;
  return {
    find: async (programId) => {
      const Key = stripeSourceKey(programId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && parseStripeSource(Item);
    },
    save: async (source) => {
      const items = [
        { ...stripeSourceKey(source.programId), ...source },
        { ...stripeSourceListing(source.programId), programId: source.programId },
      ];
      const TransactItems = items.map((Item) => ({ Put: { TableName, Item } }));
      await documents.send(new TransactWriteCommand({ TransactItems }));
    },
    programs: async function* () {
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': stripeSourceListing().pk },
      };
      for await (const { programId } of queryAll(documents, query)) yield String(programId);
    },
  };
}
