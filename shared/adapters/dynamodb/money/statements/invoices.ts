import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { invoiceKey, invoicesPk } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import { type Invoice, type InvoiceDraft, numberInvoice } from '#shared/domain/ledger/invoice';

/** Two statements of a partner, of two currencies, may ask at once; whoever lost this often asks again. */
const MAX_RACES = 20;

const invoiceSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  statementId: z.string(),
  period: periodField,
  currency: z.string(),
  kind: z.enum(['self_billing_invoice', 'self_billing_credit_note']),
  amountMinor: minorField,
  issuedAt: instantField,
  sequence: z.int(),
  number: z.string(),
});

/**
 * Self-billing invoices in the Money table, one partition a partner: the last item says the next number, and the condition that
 * nothing is there yet makes two writers take turns. One query and one write an invoice.
 */
export function makeInvoices(table: { documents: DynamoDBDocumentClient; tableName: string }): Invoices {
  const { documents, tableName: TableName } = table;
  const query = (programId: string, partnerId: string, newestFirst: boolean): AsyncIterable<unknown> =>
    queryAll(documents, {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': invoicesPk(programId, partnerId) },
      ScanIndexForward: !newestFirst,
      ConsistentRead: true,
    });
  /** The statement's own invoice if it has one, else the last of the series. Months are invoiced in order: older ones need no look. */
  const lastOf = async ({ programId, partnerId, statementId, period }: InvoiceDraft): Promise<Invoice | undefined> => {
    let last: Invoice | undefined;
    for await (const item of query(programId, partnerId, true)) {
      const invoice = invoiceSchema.parse(item);
      last ??= invoice;
      if (invoice.statementId === statementId) return invoice;
      if (invoice.period < period) break;
    }
    return last;
  };
  return {
    async issue(draft) {
      for (let race = 0; race < MAX_RACES; race += 1) {
        const last = await lastOf(draft);
        if (last?.statementId === draft.statementId) return last;
        const invoice = numberInvoice(draft, (last?.sequence ?? 0) + 1);
        const Item = { ...invoiceKey(draft.programId, draft.partnerId, invoice.sequence), type: 'invoice', ...invoice };
        const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
        if (await ifConditionHolds(documents.send(put))) return invoice;
      }
      throw new Error(`${draft.statementId} found no number in ${MAX_RACES} attempts`);
    },
    async ofPartner(programId, partnerId) {
      const invoices: Invoice[] = [];
      for await (const item of query(programId, partnerId, false)) invoices.push(invoiceSchema.parse(item));
      return invoices;
    },
  };
}
