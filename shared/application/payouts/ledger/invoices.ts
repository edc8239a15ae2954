import type { Invoice, InvoiceDraft } from '#shared/domain/ledger/invoice';

export type Invoices = {
  /** Gives the draft the next number of its partner's series, once a statement: a repeat answers the number it has. */
  issue(draft: InvoiceDraft): Promise<Invoice>;
  /** Of one partner, by sequence; read consistently. */
  ofPartner(programId: string, partnerId: string): Promise<readonly Invoice[]>;
};
