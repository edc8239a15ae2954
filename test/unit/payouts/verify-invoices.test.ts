import { describe, expect, it } from 'vitest';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { verifyInvoices } from '#shared/application/payouts/proof/verify-invoices';
import { type Invoice, invoiceDraftOf, numberInvoice } from '#shared/domain/ledger/invoice';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aHeader, aRun, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';

const DECIDED = instant('2026-02-02T09:00:00Z');
const given = [{ by: 'person:a', at: DECIDED, decision: 'approve' as const }];
const january = aRun({ status: 'completed', decision: 'approve', given });
const february = aRun({ runId: '2026-02.1', period: FEBRUARY, status: 'completed', decision: 'approve', given });
const stated = (run: PayoutRun, earnedMinor: bigint) => ({
  run,
  statement: {
    ...aHeader({
      runId: run.runId,
      period: run.period,
      partnerId: 'p1',
      earnedMinor,
      clawbackMinor: 0n,
      adjustmentMinor: 0n,
    }),
    statementId: `${run.runId}~p1~GBP`,
  },
});
const BOTH = [stated(january, 100n), stated(february, -20n)];

function invoicesOf(statements: typeof BOTH): Invoice[] {
  return statements.flatMap(({ run, statement }, index) => {
    const draft = invoiceDraftOf(statement, { programId: 'acme', period: run.period, decidedAt: DECIDED });
    return draft ? [numberInvoice(draft, index + 1)] : [];
  });
}

async function found(invoices: readonly Invoice[], statements = BOTH, isWhole = true) {
  const differences = makeDifferences();
  const partners = new Map([['p1', statements]]);
  await verifyInvoices({ ofPartner: async () => invoices }, { programId: 'acme', partners, isWhole }, differences);
  return differences.found.map(({ id, field, stored, recomputed }) => `${id} ${field}: ${stored}, not ${recomputed}`);
}

describe('the proof of invoices', () => {
  it('finds nothing wrong with a series that follows from the statements, nor with months before the first', async () => {
    const all = invoicesOf(BOTH);
    expect(all.map(({ kind }) => kind)).toEqual(['self_billing_invoice', 'self_billing_credit_note']);
    expect(await found(all)).toEqual([]);
    expect(await found([], BOTH)).toEqual([]);
    const [, second] = all;
    expect(await found([{ ...second!, sequence: 1, number: 'SB-p1-0001' }])).toEqual([]);
    expect(await found([], [stated({ ...january, period: JANUARY }, 0n)])).toEqual([]);
  });

  it('names a gap, another amount, a missing invoice and one without a statement', async () => {
    const [first, second] = invoicesOf(BOTH);
    expect(await found([first!, { ...second!, sequence: 3, number: 'SB-p1-0003' }])).toEqual([
      'SB-p1-0003 sequence: 3, not 2',
    ]);
    expect(await found([{ ...first!, amountMinor: 101n }, second!])).toEqual(['SB-p1-0001 amountMinor: 101, not 100']);
    expect(await found([first!])).toEqual(['2026-02.1~p1~GBP invoice: missing, not self_billing_credit_note']);
    expect(await found([first!, second!], [BOTH[0]!])).toEqual(['SB-p1-0002 statement: SB-p1-0002, not nothing']);
    expect(await found([first!, second!], [BOTH[0]!], false)).toEqual([]);
  });
});
