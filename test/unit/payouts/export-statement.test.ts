import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { csvOf, csvText } from '#shared/application/csv';
import type { LinePage, StatementHeader } from '#shared/application/payouts/ports';
import { makeExportStatement } from '#shared/application/payouts/statements/export-statement';
import type { Program } from '#shared/application/programs';
import type { RefundFact } from '#shared/application/referral-facts';
import { type Invoice, invoiceDraftOf, numberInvoice } from '#shared/domain/ledger/invoice';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { sale } from '#test/support/builders/computed-run';
import { aHeader, aProgramme, aRun, instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';

const LINES: LinePage[] = [
  {
    section: '1',
    first: { occurredAt: instant('2026-01-05T00:00:00Z'), factId: '=o1' },
    lines: [
      {
        kind: 'revenue_share',
        amountMinor: 123n,
        componentId: 'share',
        planVersion: 2,
        conversionId: '=o1',
        baseMinor: 1_234n,
        rateBps: 1000,
      },
    ],
  },
  {
    section: '3',
    first: { occurredAt: instant('2026-01-06T00:00:00Z'), factId: 'r1' },
    lines: [
      {
        kind: 'clawback',
        amountMinor: -50n,
        componentId: 'share',
        refundId: 'r1',
        calculation: '-(5 x 1 / 2), "half"',
      },
    ],
  },
];
const HEADER: Partial<StatementHeader> = {
  openingBalanceMinor: -1_00n,
  earnedMinor: 123n,
  clawbackMinor: -50n,
  payableMinor: 0n,
  closingBalanceMinor: -27n,
  lineCount: 2,
};

const REFUND: RefundFact = {
  refundId: 'r0',
  orderId: '=o1',
  partnerId: 'p1',
  kind: 'refund',
  occurredAt: instant('2026-01-20T12:00:00Z'),
  period: JANUARY,
  amountMinor: 1n,
  currency: 'GBP',
  late: true,
};

async function anExport(
  given: {
    header?: Partial<StatementHeader>;
    run?: Partial<PayoutRun>;
    program?: Partial<Program>;
    partnerName?: string | undefined;
    invoices?: readonly Invoice[];
  } = {},
) {
  const money = makeFakeMoney();
  const header = aHeader({ ...HEADER, ...given.header });
  const writer = money.newWriter();
  for (const page of LINES) await writer.putLines('acme', header.statementId, page);
  await writer.putHeader('acme', header);
  const run = aRun({ status: 'completed', decision: 'approve', ...given.run });
  const exportStatement = makeExportStatement({
    programs: { get: async () => aProgramme(given.program) },
    runs: { get: async () => run },
    statements: money.statements,
    partners: { name: async () => ('partnerName' in given ? given.partnerName : 'Anna Agency') },
    invoices: { ofPartner: async () => given.invoices ?? [] },
    facts: {
      // Half past eleven at night in London is the next day in Berlin, and the other sales of the month are read over.
      async *conversions() {
        yield sale('other');
        yield sale('=o1', { occurredAt: instant('2026-01-05T23:30:00Z') });
        expect.unreachable('every sale of the lines is found');
      },
      async *refunds() {
        yield { ...REFUND, refundId: 'r1', kind: 'chargeback' };
      },
    },
    zone: timeZoneOf,
  });
  return (onlyPartners?: readonly string[], statementId = header.statementId): Promise<string> =>
    exportStatement({ programId: 'acme', statementId, onlyPartners });
}

describe('a statement as CSV', () => {
  it('has its head, its lines with their calculation, its totals and both balances', async () => {
    const records: string[][] = parse(await (await anExport({ program: { timeZone: 'Europe/Berlin' } }))(), {
      recordDelimiter: '\r\n',
    });
    expect(records.map((record) => record.filter((field) => field !== ''))).toEqual([
      ['programme', 'Acme partners'],
      ['programme id', 'acme'],
      ['partner', 'Anna Agency'],
      ['partner id', 'p1'],
      ['period', '2026-01'],
      ['currency', 'GBP'],
      ['decimals', '2'],
      ['statement', '2026-01.1~p1~GBP'],
      ['state', 'final'],
      ['held back', 'no'],
      ['digest', 'd'.repeat(64)],
      ['balance brought forward', '-1.00'],
      [],
      [
        'kind',
        'date',
        'component',
        'plan_version',
        'order_id',
        'refund_id',
        'refund_kind',
        'adjustment_id',
        'base',
        'rate_bps',
        'amount',
        'amount_minor',
        'calculation',
      ],
      [
        'revenue_share',
        '2026-01-06',
        'share',
        '2',
        "'=o1",
        '12.34',
        '1000',
        '1.23',
        '123',
        '1234 x 1000 / 10000 = 123.4, half to even: 123',
      ],
      ['clawback', '2026-01-20', 'share', 'r1', 'chargeback', '-0.50', '-50', `'-(5 x 1 / 2), "half"`],
      [],
      ['earned', '1.23'],
      ['clawed back', '-0.50'],
      ['adjustments', '0.00'],
      ['payable', '0.00'],
      ['balance carried forward', '-0.27'],
    ]);
    expect(new Set(records.map(({ length }) => length))).toEqual(new Set([13]));
  });

  it('shows a partner its own final statement and nothing else', async () => {
    const final = await anExport();
    expect(await final(['p1'])).toContain('partner id,p1');
    await expect(final(['p2'])).rejects.toMatchObject({ code: 'not_found' });
    await expect(final([])).rejects.toMatchObject({ code: 'not_found' });
    await expect(final(undefined, '2026-01.1~p9~GBP')).rejects.toMatchObject({ code: 'not_found' });
    const draft = await anExport({ run: { status: 'awaiting_decision', decision: undefined } });
    expect(await draft()).toContain('state,draft');
    await expect(draft(['p1'])).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a statement that no answer can hold and says what to do instead', async () => {
    const tooLong = await anExport({ header: { lineCount: 15_001 } });
    await expect(tooLong()).rejects.toMatchObject({ code: 'invalid_request', message: /page through its lines/ });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('runs no formula for anything named %j', async (name) => {
    const csv = await (await anExport({ program: { name }, partnerName: name }))();
    const records: string[][] = parse(csv, { recordDelimiter: '\r\n' });
    expect([records[0]?.[1], records[2]?.[1]]).toEqual([`'${name}`, `'${name}`]);
  });

  it('names the number of its self-billing invoice once it has one', async () => {
    const header = aHeader({ ...HEADER });
    const draft = invoiceDraftOf(header, {
      programId: 'acme',
      period: header.period,
      decidedAt: instant('2026-02-02T09:00:00Z'),
    });
    const invoices = draft ? [numberInvoice({ ...draft, statementId: 'another' }, 1), numberInvoice(draft, 2)] : [];
    const csv = await (await anExport({ invoices }))();
    expect(csv).toContain('self-billing number,SB-p1-0002');
    expect(
      await (await anExport({ invoices, run: { status: 'awaiting_decision', decision: undefined } }))(),
    ).not.toContain('SB-');
  });

  it('says when a payout was held back, and leaves the name of an erased partner empty', async () => {
    const held = { run: { holds: ['p1'] }, header: { payableMinor: 1n }, partnerName: undefined };
    const records: string[][] = parse(await (await anExport(held))(), { recordDelimiter: '\r\n' });
    const fieldOf = (label: string) => records.find(([first]) => first === label)?.[1];
    expect([fieldOf('held back'), fieldOf('partner'), fieldOf('partner id')]).toEqual(['yes', '', 'p1']);
  });
});

describe('CSV', () => {
  it('leaves harmless text as it is and quotes what RFC 4180 asks to', () => {
    expect(['a b', 'a,b', 'a"b', 'a\nb', 'a=b'].map(csvText)).toEqual(['a b', '"a,b"', '"a""b"', '"a\nb"', 'a=b']);
  });

  it('gives every record as many fields as the longest', () => {
    expect(csvOf([['a'], [], ['b', 'c']])).toBe('a,\r\n,\r\nb,c\r\n');
  });
});
