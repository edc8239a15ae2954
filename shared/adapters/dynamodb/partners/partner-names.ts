import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { profileKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { PartnerNames } from '#shared/application/payouts/statements/export-statement-reading';

const nameSchema = z.object({ name: z.string() });

/** Reads a partner's name and nothing else of its profile: the address beside it is not asked for. */
export function makePartnerNames(table: { documents: DynamoDBDocumentClient; tableName: string }): PartnerNames {
  return {
    async name(programId, partnerId) {
      const { Item } = await table.documents.send(
        new GetCommand({
          TableName: table.tableName,
          Key: profileKey(programId, partnerId),
          ProjectionExpression: '#name',
          ExpressionAttributeNames: { '#name': 'name' },
        }),
      );
      return Item && nameSchema.parse(Item).name;
    },
  };
}
