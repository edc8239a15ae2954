import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CONTRACT_INDEX, disputesContractPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { DISPUTE_STATUSES, isEnd } from '#shared/domain/partner/dispute';

const disputeSchema = z.object({ partnerId: z.string() });

/** How many disputes of a partner wait for an end, and not a word of them; from an index, so a moment late. */
export function makeOpenDisputes({ documents, tableName }: { documents: DynamoDBDocumentClient; tableName: string }): {
  count(programId: string): Promise<ReadonlyMap<string, number>>;
} {
  return {
    async count(programId) {
      const counts = new Map<string, number>();
      for (const status of DISPUTE_STATUSES.filter((one) => !isEnd(one))) {
        const items = queryAll(documents, {
          TableName: tableName,
          IndexName: CONTRACT_INDEX,
          KeyConditionExpression: 'contractPk = :pk',
          ExpressionAttributeValues: { ':pk': disputesContractPk(programId, status) },
          ProjectionExpression: 'partnerId',
        });
        for await (const item of items) {
          const { partnerId } = disputeSchema.parse(item);
          counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1);
        }
      }
      return counts;
    },
  };
}
