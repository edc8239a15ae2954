import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { escalationContactKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';

const itemSchema = z.object({
  email: z.string().optional(),
  changedAt: instantField,
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
});

/** One item a programme, written whole: an address that was replaced is gone. */
export function makeEscalationContacts(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): EscalationContacts {
  const { documents, tableName } = table;
  return {
    async find(programId) {
      const Key = escalationContactKey(programId);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      if (!Item) return undefined;
      const { email, ...change } = itemSchema.parse(Item);
      return email === undefined ? undefined : { email, ...change };
    },
    async save(programId, contact) {
      const Item = { ...escalationContactKey(programId), ...contact };
      await documents.send(new PutCommand({ TableName: tableName, Item }));
    },
  };
}
