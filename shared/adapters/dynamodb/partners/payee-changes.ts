import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CONTRACT_INDEX, payeeChangesContractPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { PayeeChange, PayeeChangesReader } from '#shared/application/payee-changes';
import type { Instant } from '#shared/domain/time/instant';

const instant = z.string().transform((text) => text as Instant);

const changeSchema = z.object({
  partnerId: z.string(),
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
  changedAt: instant,
  usableFrom: instant.optional(),
});

/** Payee changes through the contract index of partners, which may lag by moments. Enrolling a partner with a payee counts. */
export function makePayeeChangesReader(table: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): PayeeChangesReader {
  return {
    async since(programId, since) {
      const changes: PayeeChange[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await table.documents.send(
          new QueryCommand({
            TableName: table.tableName,
            IndexName: CONTRACT_INDEX,
            KeyConditionExpression: 'contractPk = :pk AND contractSk >= :since',
            ExpressionAttributeValues: { ':pk': payeeChangesContractPk(programId), ':since': since },
            ExclusiveStartKey: start,
          }),
        );
        for (const item of page.Items ?? []) {
          const { partnerId, changedBy, onBehalfOf, changedAt, usableFrom } = changeSchema.parse(item);
          changes.push({
            partnerId,
            by: changedBy,
            ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
            at: changedAt,
            ...(usableFrom === undefined ? {} : { usableFrom }),
          });
        }
        start = page.LastEvaluatedKey;
      } while (start);
      return changes;
    },
  };
}
