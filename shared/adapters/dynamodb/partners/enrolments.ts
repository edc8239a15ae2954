import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { termsKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Enrolments } from '#shared/application/payouts/runs/check-partners';

const enrolmentSchema = z.object({ createdAt: instantField });

/** When partners were enrolled, from the item of their terms. */
export function makeEnrolments({
  documents,
  tableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): Enrolments {
  return {
    at: async (programId, partnerId) => {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tableName, Key: termsKey(programId, partnerId), ConsistentRead: true }),
      );
      return Item && enrolmentSchema.parse(Item).createdAt;
    },
  };
}
