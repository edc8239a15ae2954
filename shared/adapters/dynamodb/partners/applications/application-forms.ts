import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { applicationFormKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { ApplicationForms } from '#shared/application/partners/applications/ports';

const formSchema = z.object({
  open: z.boolean(),
  questions: z.array(z.object({ id: z.string(), label: z.string(), required: z.boolean() })),
  termsText: z.string().optional(),
  termsUrl: z.string().optional(),
  welcomeText: z.string().optional(),
  changedAt: instantField,
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
});

/** One item a programme, written whole. */
export function makeApplicationForms(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): ApplicationForms {
  const { documents, tableName: TableName } = table;
  return {
    async find(programId) {
      const Key = applicationFormKey(programId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && formSchema.parse(Item);
    },
    async save(programId, form) {
      await documents.send(new PutCommand({ TableName, Item: { ...applicationFormKey(programId), ...form } }));
    },
  };
}
