import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { FACTS_INDEX, reattributedPartition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { Reattributor, ReattributorsReader } from '#shared/application/reattributors';

const reattributorSchema = z.object({
  by: z.string(),
  onBehalfOf: z.string().optional(),
  at: storedInstantSchema,
  kind: z.enum(['release', 'binding']).optional(),
});

/** Who re-attributed sales, through the contract index of referrals; nothing of the sales. */
export function makeReattributorsReader(table: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): ReattributorsReader {
  return {
    async inPeriod(programId, period) {
      const found: Reattributor[] = [];
      const items = queryAll(table.documents, {
        TableName: table.tableName,
        IndexName: FACTS_INDEX,
        KeyConditionExpression: 'factsPk = :pk',
        ExpressionAttributeValues: { ':pk': reattributedPartition(programId, period) },
      });
      for await (const item of items) found.push(reattributorSchema.parse(item));
      return found;
    },
  };
}
