import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  CONVERSION_FACTS,
  FACTS_INDEX,
  FORMER_SK_PREFIX,
  factsPartition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { SaleDaysReader } from '#shared/application/payouts/figures/figure-ports';

const PAGE_LIMIT = 1_000;

const saleSchema = z.object({
  sk: z.string(),
  occurredAt: storedInstantSchema,
  earnsNothing: z.string().optional(),
});

/** When a partner's sales happened, from the index that payouts read; a page carries no more over the wire. */
export function makeSaleDays(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): SaleDaysReader {
  return {
    async *sales(programId, partnerId, period) {
      const pages = paginateQuery(
        { client: deps.documents, pageSize: PAGE_LIMIT },
        {
          TableName: deps.tableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: 'factsPk = :pk AND begins_with(factsSk, :sales)',
          ExpressionAttributeValues: {
            ':pk': factsPartition(programId, partnerId, period),
            ':sales': CONVERSION_FACTS,
          },
          ProjectionExpression: 'sk, occurredAt, earnsNothing',
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const { sk, ...sale } = saleSchema.parse(item);
          // What a closed month keeps of a sale that counts elsewhere since is no sale of its own.
          if (!sk.startsWith(FORMER_SK_PREFIX)) yield sale;
        }
      }
    },
  };
}
