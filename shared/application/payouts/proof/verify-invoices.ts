import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import { type Invoice, invoiceDraftOf, numberInvoice } from '#shared/domain/ledger/invoice';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { forEachConcurrently } from '../concurrency.ts';
import { approvedRun } from '../runs/approved-run.ts';
import { compareFields, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import type { StatedPartner } from './verify-ledger.ts';

const PARTNERS_AT_ONCE = 16;
const FIELDS = [
  'sequence',
  'number',
  'statementId',
  'partnerId',
  'period',
  'currency',
  'kind',
  'amountMinor',
  'issuedAt',
] as const;
/** Before these a statement may wait for its number, as for its posting. */
const POSTED: ReadonlySet<PayoutRun['status']> = new Set(['submitting', 'completed', 'completed_with_failures']);

/**
 * Compares partners' self-billing invoices with their statements: one series each without a gap, one number a statement that
 * moved money, and what it says. Statements from before a partner's first invoice have none.
 */
export async function verifyInvoices(
  invoices: Pick<Invoices, 'ofPartner'>,
  given: {
    readonly programId: string;
    readonly partners: ReadonlyMap<string, StatedPartner['statements']>;
    /** Of a whole programme: then an invoice without a statement is one too many. */
    readonly isWhole: boolean;
  },
  differences: Pick<Differences, 'of'>,
): Promise<void> {
  await forEachConcurrently(given.partners, PARTNERS_AT_ONCE, async ([partnerId, statements]) => {
    const stored = await invoices.ofPartner(given.programId, partnerId);
    for (const [index, { number, sequence }] of stored.entries()) {
      differences.of('invoice', number)('sequence', sequence, index + 1);
    }
    const left = new Map(stored.map((invoice) => [invoice.statementId, invoice]));
    for (const { run, statement } of statements) {
      const { decidedAt } = await approvedRun({ get: async () => run }, run.programId, run.runId);
      const draft = invoiceDraftOf(statement, { programId: run.programId, period: run.period, decidedAt });
      const own = left.get(statement.statementId);
      left.delete(statement.statementId);
      const compare = differences.of('invoice', own?.number ?? statement.statementId);
      if (!draft) compare('invoice', own?.number ?? UNACCOUNTED, UNACCOUNTED);
      else if (own) compareFields<Invoice>(compare, FIELDS, own, numberInvoice(draft, own.sequence));
      else if (isDue(run, stored[0])) compare('invoice', MISSING, draft.kind);
    }
    if (!given.isWhole) return;
    for (const { number } of left.values()) differences.of('invoice', number)('statement', number, UNACCOUNTED);
  });
}

function isDue({ status, period }: PayoutRun, first: Invoice | undefined): boolean {
  return POSTED.has(status) && first !== undefined && first.period < period;
}
