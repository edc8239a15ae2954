import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { billingKey, billingPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Billing, BillingReader } from '#shared/application/billing';
import type { BillingStore } from '#shared/application/partners/set-billing';

const billingSchema = z.object({
  legalName: z.string(),
  addressLines: z.array(z.string()),
  country: z.string(),
  taxIds: z.array(z.object({ kind: z.enum(['vat', 'tax']), country: z.string(), value: z.string() })),
});

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/** Reads billing data alone; they have a partition of their own, so that a grant can name it. One query, rarely two. */
export function makeBillingReader({ documents, tableName: TableName }: Table): BillingReader {
  const one = async (
    condition: string,
    values: Record<string, string>,
    newest: boolean,
  ): Promise<Billing | undefined> => {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `pk = :pk${condition}`,
        ExpressionAttributeValues: values,
        ScanIndexForward: !newest,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    return Items[0] && billingSchema.parse(Items[0]);
  };
  return {
    async billing(programId, partnerId, asOf) {
      const pk = { ':pk': billingPk(programId, partnerId) };
      if (asOf === undefined) return one('', pk, true);
      const { sk } = billingKey(programId, partnerId, asOf);
      return (await one(' AND sk <= :sk', { ...pk, ':sk': sk }, true)) ?? one('', pk, false);
    },
  };
}

/** An item a change: an invoice goes on saying what was said when it was issued. */
export function makeBillings(table: Table): BillingStore {
  return {
    ...makeBillingReader(table),
    async save(programId, partnerId, billing) {
      const Item = { ...billingKey(programId, partnerId, billing.changedAt), ...billing };
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    },
  };
}
