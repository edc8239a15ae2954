import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import type { InvoiceDraft } from '#shared/domain/ledger/invoice';
import type { Period } from '#shared/domain/time/instant';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const aDraft = (programId: string, period: Period, currency: string, attempt = 1): InvoiceDraft => ({
  programId,
  partnerId: 'mira',
  statementId: `${period}.${attempt}~mira~${currency}`,
  period,
  currency,
  kind: 'self_billing_invoice',
  amountMinor: 9_007_199_254_740_993n,
  issuedAt: instant('2026-02-02T10:00:00Z'),
});

describe.each([
  ['on the engine', () => makeInvoices(table)],
  ['in memory', () => makeFakeInvoices()],
] as const)('invoices %s', (name, make) => {
  it('are numbered without a gap, each statement once, however many ask at once', async () => {
    const invoices = make();
    const programId = `invoices-${name}`;
    const currencies = ['EUR', 'GBP', 'JPY', 'USD', 'CHF'];
    const drafts = currencies.map((currency) => aDraft(programId, JANUARY, currency));
    const first = await Promise.all([...drafts, ...drafts].map((draft) => invoices.issue(draft)));
    expect(new Set(first.map(({ number }) => number)).size).toBe(5);
    for (const [index, draft] of drafts.entries()) {
      expect(first[index + 5]).toEqual(first[index]);
      expect(await invoices.issue(draft)).toEqual(first[index]);
    }
    const later = await invoices.issue(aDraft(programId, FEBRUARY, 'EUR'));
    expect(later).toEqual({ ...aDraft(programId, FEBRUARY, 'EUR'), sequence: 6, number: 'SB-mira-0006' });
    const all = await invoices.ofPartner(programId, 'mira');
    expect(all.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await invoices.ofPartner(programId, 'noor')).toEqual([]);
  });
});
