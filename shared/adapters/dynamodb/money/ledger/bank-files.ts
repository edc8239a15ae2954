import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField, minorField } from '#shared/adapters/dynamodb/money/money-fields';
import { BANK_FILE_SK_PREFIX, bankFileKey, runDetailsPk } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { BankFiles } from '#shared/application/payouts/ledger/ledger-ports';
import { FILE_RAILS } from '#shared/domain/ledger/payout';

const bankFileSchema = z.object({
  programId: z.string(),
  runId: z.string(),
  currency: z.string(),
  // Files that were written before there were two rails have none.
  rail: z.enum(FILE_RAILS).default('bank_file'),
  format: z.string(),
  messageId: z.string(),
  documentKey: z.string(),
  count: z.int(),
  controlSumMinor: minorField,
  sha256: z.string(),
  createdAt: instantField,
});

/** Records of bank files in the Money table: what the file in the documents bucket must be. */
export function makeBankFiles({
  documents,
  tableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): BankFiles {
  return {
    get: async (programId, runId, currency, rail) => {
      const Key = bankFileKey(programId, runId, currency, rail);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && bankFileSchema.parse(Item);
    },
    list: async (programId, runId) => {
      const files = [];
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': runDetailsPk(programId, runId), ':sk': BANK_FILE_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) files.push(bankFileSchema.parse(item));
      return files;
    },
    create: async (file) => {
      const key = bankFileKey(file.programId, file.runId, file.currency, file.rail);
      try {
        await documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...key, type: 'bank_file', ...file },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return 'applied';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'refused';
        throw error;
      }
    },
  };
}
