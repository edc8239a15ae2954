import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { billingKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { BillingReader } from '#shared/application/billing';
import type { BillingStore } from '#shared/application/partners/set-billing';

const billingSchema = z.object({
  legalName: z.string(),
  addressLines: z.array(z.string()),
  country: z.string(),
  taxIds: z.array(z.object({ kind: z.enum(['vat', 'tax']), country: z.string(), value: z.string() })),
});

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/** Reads billing data alone; they have a partition of their own, so that a grant can name it. */
export function makeBillingReader({ documents, tableName: TableName }: Table): BillingReader {
  return {
    async billing(programId, partnerId) {
      const Key = billingKey(programId, partnerId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && billingSchema.parse(Item);
    },
  };
}

/** One item a partner, written whole: what was replaced is gone. */
export function makeBillings(table: Table): BillingStore {
  return {
    ...makeBillingReader(table),
    async save(programId, partnerId, billing) {
      const Item = { ...billingKey(programId, partnerId), ...billing };
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    },
  };
}
