import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { FACTS_INDEX, reattributedPartition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { givenAwayBy } from '#shared/application/partners/tiers/order-moves';
import type { GivenAway, GivenAwaySales } from '#shared/application/partners/tiers/tier-facts';

/** A re-attribution, by its place in the index; what else lies there gave nothing away. */
const movedSchema = z.object({
  factsSk: z.string().transform((place) => place.split('#')[1] ?? ''),
  sequence: z.int(),
  kind: z.undefined().optional(),
  before: z.object({ partnerId: z.string() }),
});

/** Sales that partners had and have no more, through the contract index of referrals. */
export function makeGivenAwaySales(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): GivenAwaySales {
  const orders = makeConversionStore(table);
  return {
    async inPeriod(programId, period) {
      const found: GivenAway[] = [];
      const items = queryAll(table.documents, {
        TableName: table.tableName,
        IndexName: FACTS_INDEX,
        KeyConditionExpression: 'factsPk = :pk',
        ExpressionAttributeValues: { ':pk': reattributedPartition(programId, period) },
      });
      for await (const item of items) {
        const moved = movedSchema.safeParse(item);
        const order = moved.success ? await orders.findOrder(programId, moved.data.factsSk) : undefined;
        const given = order && moved.success ? givenAwayBy(order, moved.data.sequence) : undefined;
        if (given) found.push(given);
      }
      return found;
    },
  };
}
