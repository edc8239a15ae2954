import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { minorField } from '#shared/adapters/dynamodb/money/money-fields';
import { runDetailsPk, waitingPageKey, waitingPagesPrefix } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { WaitingLists } from '#shared/application/payouts/runs/waiting-lists';

const pageSchema = z.object({
  waiting: z.array(
    z.object({ payoutId: z.string(), partnerId: z.string(), currency: z.string(), amountMinor: minorField }),
  ),
});

/** Lists of waiting payouts, in the run's own partition. */
export function makeWaitingLists(deps: { documents: DynamoDBDocumentClient; tableName: string }): WaitingLists {
  const { documents, tableName } = deps;
  return {
    async putPage({ programId, runId, waitingDigest }, { shard, ordinal, waiting }) {
      const key = waitingPageKey(programId, runId, { waitingDigest, shard, ordinal });
      await documents.send(
        new PutCommand({ TableName: tableName, Item: { ...key, type: 'waiting_payouts', shard, waiting } }),
      );
    },
    async *all({ programId, runId, waitingDigest }, shard) {
      const pages = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':pk': runDetailsPk(programId, runId),
          ':prefix': waitingPagesPrefix(waitingDigest, shard),
        },
        ConsistentRead: true,
      });
      for await (const page of pages) yield* pageSchema.parse(page).waiting;
    },
  };
}
