import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { escalationContactKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';

const itemSchema = z.object({
  email: z.string().optional(),
  approverEmails: z.array(z.string()).default([]),
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
  const read = async (programId: string): Promise<z.output<typeof itemSchema> | undefined> => {
    const Key = escalationContactKey(programId);
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && itemSchema.parse(Item);
  };
  return {
    async find(programId) {
      const stored = await read(programId);
      if (stored?.email === undefined) return undefined;
      const { approverEmails: _, email, ...change } = stored;
      return { email, ...change };
    },
    approvers: async (programId) => (await read(programId))?.approverEmails ?? [],
    async save(programId, contact) {
      const Item = { ...escalationContactKey(programId), ...contact };
      await documents.send(new PutCommand({ TableName: tableName, Item }));
    },
  };
}
