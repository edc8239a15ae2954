import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { DECISION_SK_PREFIX, runDetailsPk } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { KeptDecision } from '#shared/application/payouts/proof/verify-approvals';

const decisionSchema = z.object({
  by: z.string(),
  decision: z.enum(['approve', 'reject']),
  contentHash: z.string(),
  holds: z.array(z.string()),
  at: instantField,
  signedInAt: instantField.optional(),
});

/** The decisions of a run as each person made them, kept apart from the run's own item; read consistently. */
export function makeRunDecisions({ documents, tableName }: { documents: DynamoDBDocumentClient; tableName: string }): {
  ofRun(programId: string, runId: string): Promise<readonly KeptDecision[]>;
} {
  return {
    async ofRun(programId, runId) {
      const decisions: KeptDecision[] = [];
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': runDetailsPk(programId, runId), ':sk': DECISION_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) decisions.push(decisionSchema.parse(item));
      return decisions;
    },
  };
}
