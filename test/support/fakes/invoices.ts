import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import { type Invoice, numberInvoice } from '#shared/domain/ledger/invoice';

/** Self-billing invoices in memory, under the table's conditions. */
export function makeFakeInvoices(): Invoices {
  const series = new Map<string, Invoice[]>();
  const of = (programId: string, partnerId: string): Invoice[] => {
    const key = `${programId}#${partnerId}`;
    const known = series.get(key) ?? [];
    series.set(key, known);
    return known;
  };
  return {
    issue: async (draft) => {
      const invoices = of(draft.programId, draft.partnerId);
      const own = invoices.find(({ statementId }) => statementId === draft.statementId);
      if (own) return own;
      const invoice = numberInvoice(draft, invoices.length + 1);
      invoices.push(invoice);
      return invoice;
    },
    ofPartner: async (programId, partnerId) => of(programId, partnerId),
  };
}
