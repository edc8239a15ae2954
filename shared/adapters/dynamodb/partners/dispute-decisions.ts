import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { decisionOfItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import { disputeDecisionKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { DisputeDecisionReader } from '#shared/application/partners/dispute-ports';

/** Decisions of disputes by key, for the services that carry them out. */
export function makeDisputeDecisions(table: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): DisputeDecisionReader {
  return {
    async get(programId, disputeId, number) {
      const Key = disputeDecisionKey(programId, disputeId, number);
      const { Item } = await table.documents.send(
        new GetCommand({ TableName: table.tableName, Key, ConsistentRead: true }),
      );
      return Item && decisionOfItem(Item);
    },
  };
}
