import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/** The Online Retail invoices read as a wholesaler's partner programme: a partner a country. */
export type OnlineRetail = {
  readonly partners: readonly { readonly partnerId: string; readonly country: string }[];
  /** In the order of the file, which is by time. */
  readonly sales: readonly Sale[];
  readonly refunds: readonly Refund[];
  /** Cancellations that match no earlier invoice, by number. */
  readonly unmatched: readonly string[];
};

export type Sale = {
  readonly orderId: string;
  readonly customerId: string;
  readonly occurredAt: string;
  readonly amountMinor: number;
  readonly partnerId: string;
  /** The customer's first invoice in the file is the referral: it arrives with the partner's code. */
  readonly isReferral: boolean;
};

export type Refund = {
  readonly refundId: string;
  readonly orderId: string;
  readonly occurredAt: string;
  readonly amountMinor: number;
};

const TIME_ZONE = 'Europe/London';

const rowSchema = z.object({
  invoice_no: z.string().min(1),
  invoiced_at: z.string(),
  customer_id: z.string(),
  country: z.string().min(1),
  amount_minor: z.coerce.number().int(),
  currency: z.literal('GBP'),
});
type Row = z.output<typeof rowSchema>;

export function readOnlineRetail(
  file: string = join(import.meta.dirname, '../data/online-retail-invoices.csv'),
): OnlineRetail {
  const rows = z.array(rowSchema).parse(parse(readFileSync(file, 'utf8'), { columns: true }));
  const isCancellation = (row: Row): boolean => row.invoice_no.startsWith('C');
  const sales = toSales(rows.filter((row) => !isCancellation(row)));
  const { refunds, unmatched } = matchCancellations(rows.filter(isCancellation), sales);
  const countries = [...new Set(rows.map((row) => row.country))];
  return { partners: countries.map((country) => ({ partnerId: slugOf(country), country })), sales, refunds, unmatched };
}

function toSales(rows: readonly Row[]): Sale[] {
  const known = new Set<string>();
  return rows.map((row) => {
    // A row without a customer is a stranger: nobody can say that two of them are the same person.
    const customerId = row.customer_id || `guest-${row.invoice_no}`;
    const isReferral = !known.has(customerId);
    known.add(customerId);
    return {
      orderId: row.invoice_no,
      customerId,
      occurredAt: toUtc(row.invoiced_at),
      amountMinor: row.amount_minor,
      partnerId: slugOf(row.country),
      isReferral,
    };
  });
}

/** A cancellation refunds the customer's latest earlier invoice that is still large enough; otherwise it is reported. */
function matchCancellations(rows: readonly Row[], sales: readonly Sale[]): { refunds: Refund[]; unmatched: string[] } {
  const left = new Map(sales.map((sale) => [sale.orderId, sale.amountMinor]));
  const byCustomer = Map.groupBy(sales, (sale) => sale.customerId);
  const refunds: Refund[] = [];
  const unmatched: string[] = [];
  for (const row of rows) {
    const occurredAt = toUtc(row.invoiced_at);
    const amountMinor = -row.amount_minor;
    const sale = (byCustomer.get(row.customer_id) ?? []).findLast(
      (candidate) => candidate.occurredAt <= occurredAt && (left.get(candidate.orderId) ?? 0) >= amountMinor,
    );
    if (!sale || amountMinor <= 0) {
      unmatched.push(row.invoice_no);
      continue;
    }
    left.set(sale.orderId, (left.get(sale.orderId) ?? 0) - amountMinor);
    refunds.push({ refundId: row.invoice_no, orderId: sale.orderId, occurredAt, amountMinor });
  }
  return { refunds, unmatched };
}

function toUtc(local: string): string {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(TIME_ZONE).toInstant().toString();
}

function slugOf(country: string): string {
  return country.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}
