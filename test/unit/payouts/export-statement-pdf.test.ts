import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRenderStatement } from '#shared/adapters/pdf/statement-pdf';
import { layOutStatement } from '#shared/adapters/pdf/statement-pdf-layout';
import { PAGE, type TextMark } from '#shared/adapters/pdf/statement-pdf-marks';
import { wrapped } from '#shared/adapters/pdf/statement-pdf-sheet';
import { makeExportStatementPdf } from '#shared/application/payouts/statements/export-statement-pdf';
import type { ReadStatement } from '#shared/application/payouts/statements/export-statement-reading';
import { statementCsv } from '#shared/application/payouts/statements/statement-csv';
import { statementDocument } from '#shared/application/payouts/statements/statement-pdf-document';
import {
  amountWords,
  rateWords,
  referenceWords,
  termsWords,
} from '#shared/application/payouts/statements/statement-pdf-words';
import { DEFAULT_PAYOUT_RULES } from '#shared/application/programs';
import { numberInvoice } from '#shared/domain/ledger/invoice';
import { toDecimal } from '#shared/domain/money/minor-units';
import { computeHistory } from '#shared/domain/statement/compute-history';
import type { StatementLine } from '#shared/domain/statement/statement';
import { NO_FACTS } from '#test/support/builders/closing-half';
import { aHeader, aProgramme, aRun, instant } from '#test/support/builders/runs';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { makeFakeMoney } from '#test/support/fakes/money';
import { anyHistory } from '#test/support/histories';
import { aReadStatement, asRead, fonts, LONDON, textsOf } from '#test/support/statement-files';

const SHARE: StatementLine = {
  kind: 'revenue_share',
  amountMinor: 123n,
  componentId: 'share',
  planVersion: 2,
  conversionId: 'o1',
  baseMinor: 1_234n,
  rateBps: 1000,
};
const CLAWBACK: StatementLine = {
  kind: 'clawback',
  amountMinor: -50n,
  componentId: 'share',
  conversionId: 'o0',
  refundId: 'r1',
  calculation: 'half of it',
};

const invoice = {
  ...numberInvoice(
    {
      programId: 'acme',
      partnerId: 'p1',
      statementId: aHeader().statementId,
      period: aHeader().period,
      currency: 'GBP',
      kind: 'self_billing_invoice',
      amountMinor: 123_456n,
      issuedAt: instant('2026-02-02T23:30:00Z'),
    },
    7,
  ),
};

const layOut = (statement: ReadStatement) => layOutStatement(statementDocument(statement, LONDON), fonts());
const print = (statement: ReadStatement): Promise<Uint8Array> =>
  makeRenderStatement(fonts())(statementDocument(statement, LONDON));
const textMarks = (statement: ReadStatement): readonly TextMark[] =>
  layOut(statement).pages.flatMap((page) => page.filter((mark) => mark.kind === 'text'));
const textOf = (statement: ReadStatement): readonly string[] => textMarks(statement).map(({ text }) => text);

/** The six amounts of a printed statement: each stands behind its label in the summary. */
function printedAmounts(texts: readonly string[]): readonly string[] {
  const from = texts.indexOf('Summary');
  const labels = [
    'Balance brought forward',
    'Earned',
    'Clawed back',
    'Adjustments',
    'Payable',
    'Balance carried forward',
  ];
  return labels.map((label) =>
    (texts[texts.indexOf(label, from) + 1] ?? '').replaceAll(',', '').replace('\u2212', '-'),
  );
}

function csvAmounts(csv: string): { readonly six: readonly string[]; readonly lines: readonly bigint[] } {
  const records: string[][] = parse(csv, { recordDelimiter: '\r\n' });
  const fieldOf = (label: string): string => records.find(([first]) => first === label)?.[1] ?? '';
  const labels = [
    'balance brought forward',
    'earned',
    'clawed back',
    'adjustments',
    'payable',
    'balance carried forward',
  ];
  const columns = records.find(([first]) => first === 'kind') ?? [];
  const from = records.indexOf(columns) + 1;
  const lines = records.slice(
    from,
    records.findIndex((record, at) => at > from - 1 && record[0] === ''),
  );
  return { six: labels.map(fieldOf), lines: lines.map((line) => BigInt(line[columns.indexOf('amount_minor')] ?? '')) };
}

describe('a statement as CSV and as PDF', () => {
  it('says the same amounts as its header, and as its lines, in any currency', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom('EUR', 'JPY', 'KWD'), (history, currency) => {
        for (const { statement } of computeHistory(history)) {
          const read = asRead(statement, currency);
          const { header } = read;
          const six = [
            header.openingBalanceMinor,
            header.earnedMinor,
            header.clawbackMinor,
            header.adjustmentMinor,
            header.payableMinor,
            header.closingBalanceMinor,
          ].map((minor) => toDecimal(minor, currency));
          const csv = csvAmounts(statementCsv(read, LONDON));
          expect(csv.six).toEqual(six);
          expect(csv.lines).toEqual(statement.lines.map(({ amountMinor }) => amountMinor));
          const texts = textOf(read);
          expect(printedAmounts(texts)).toEqual(six);
          const counted = new Map<string, number>();
          for (const text of texts) counted.set(text, (counted.get(text) ?? 0) + 1);
          for (const { amountMinor } of statement.lines)
            expect(counted.get(amountWords(amountMinor, currency))).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('prints what was laid out, on as many pages, page by page', async () => {
    const lines = Array.from({ length: 90 }, (_, at) => ({ ...SHARE, conversionId: `order-${at}` }));
    const statement = aReadStatement({ lines: [...lines, CLAWBACK] });
    const { pages } = layOut(statement);
    const printed = await textsOf(await print(statement));
    expect(printed).toHaveLength(pages.length);
    const joined = (texts: readonly string[]): string => [...texts].sort().join('|');
    expect(printed.map(joined)).toEqual(
      pages.map((page) => joined(page.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))),
    );
  });
});

describe('a printed statement', () => {
  it('is the same bytes each time', async () => {
    const statement = aReadStatement({ lines: [SHARE, CLAWBACK] });
    const [one, other] = [await print(statement), await print(statement)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    expect(Buffer.from(one).subarray(0, 8).toString()).toBe('%PDF-1.7');
  });

  it('names programme, partner, the days of the period, the statement and its digest', () => {
    const texts = textOf(aReadStatement());
    for (const text of [
      'Acme partners',
      'Anna Agency',
      'p1',
      '2026-01-01 to 2026-01-31',
      'Europe/London',
      'GBP',
      '2026-01.1~p1~GBP',
      'd'.repeat(64),
    ]) {
      expect(texts.join('\n')).toContain(text);
    }
    expect(texts).toContain(`2026-01.1~p1~GBP \u00b7 Digest ${'d'.repeat(12)}`);
    expect(texts).toContain('This statement has no lines.');
  });

  it('adds up downwards: each sum stands above what it is made of', () => {
    const fee: StatementLine = { kind: 'fixed_fee', amountMinor: 77n, componentId: 'retainer' };
    const header = aHeader({
      ...{ openingBalanceMinor: 10n, earnedMinor: 323n, clawbackMinor: -50n, adjustmentMinor: 7n, payableMinor: 290n },
      closingBalanceMinor: 0n,
    });
    const adjustment: StatementLine = { kind: 'adjustment', amountMinor: 7n, adjustmentId: 'a1' };
    const { summary } = statementDocument(
      aReadStatement({ header, lines: [SHARE, SHARE, fee, CLAWBACK, adjustment] }),
      LONDON,
    );
    expect(summary.map(({ label, amount, weight }) => [weight, label, amount])).toEqual([
      ['sum', 'Balance brought forward', '0.10'],
      ['sum', 'Earned', '3.23'],
      ['part', 'of which Revenue share, 2 lines', '2.46'],
      ['part', 'of which Fixed fee, 1 line', '0.77'],
      ['sum', 'Clawed back', '\u22120.50'],
      ['sum', 'Adjustments', '0.07'],
      ['total', 'Balance', '2.90'],
      ['total', 'Payable', '2.90'],
      ['total', 'Balance carried forward', '0.00'],
    ]);
  });

  it('names the day of each sale in the zone of the programme, and tells a chargeback from a refund', () => {
    const at = (text: string) => ({ occurredAt: instant(text) });
    const facts = {
      sales: new Map([['o1', at('2026-07-31T23:30:00Z')]]),
      refunds: new Map([
        ['r1', { ...at('2026-08-02T10:00:00Z'), kind: 'refund' as const }],
        ['r2', { ...at('2026-08-03T10:00:00Z'), kind: 'chargeback' as const }],
      ]),
    };
    const lines = [SHARE, CLAWBACK, { ...CLAWBACK, refundId: 'r2' }, { ...CLAWBACK, refundId: 'r3' }];
    const rows = statementDocument(aReadStatement({ lines, facts }), LONDON).sections.flatMap((one) => one.rows);
    expect(rows.map(({ date, what, reference }) => [date, what, reference])).toEqual([
      ['2026-08-01', 'Revenue share', 'Order o1'],
      ['2026-08-02', 'Clawback: refund', 'Refund r1 of order o0'],
      ['2026-08-03', 'Clawback: chargeback', 'Chargeback r2 of order o0'],
      ['', 'Clawback', 'Refund r3 of order o0'],
    ]);
    expect(textOf(aReadStatement({ lines, facts }))).toEqual(expect.arrayContaining(['Date', '2026-08-01']));
  });

  it('keeps a line that comes to nothing, in lighter type', () => {
    const marks = textMarks(aReadStatement({ lines: [SHARE, { ...SHARE, conversionId: 'o2', amountMinor: 0n }] }));
    const shadeOf = (wanted: string) => marks.find(({ text }) => text === wanted)?.shade;
    expect([shadeOf('Order o1'), shadeOf('Order o2')]).toEqual(['ink', 'muted']);
  });

  it('names a partner whose name was erased by its id', () => {
    expect(textOf(aReadStatement({ partnerName: undefined }))).not.toContain('Anna Agency');
  });

  it('says Draft or Void on each page, and nothing like it when final', async () => {
    const lines = Array.from({ length: 60 }, () => SHARE);
    const pagesOf = async (state: ReadStatement['state']) =>
      (await textsOf(await print(aReadStatement({ state, lines })))).map((texts) => texts.join('\n'));
    const [drafts, voids, finals] = await Promise.all([pagesOf('draft'), pagesOf('void'), pagesOf('final')]);
    expect(drafts.length).toBeGreaterThan(1);
    for (const page of drafts) expect(page).toContain('DRAFT');
    for (const page of voids) expect(page).toContain('VOID');
    for (const page of finals) expect(page).not.toMatch(/draft|void/i);
    expect(drafts[0]).toContain('not approved');
  });

  it('says what is not paid out and what is held back', () => {
    const header = aHeader({ payableMinor: 5n });
    expect(textOf(aReadStatement({ header, held: true })).join(' ')).toContain('Held back');
    expect(textOf(aReadStatement({ header })).join(' ')).not.toContain('Held back');
    expect(textOf(aReadStatement()).join(' ')).toContain('Nothing is paid out');
  });

  it('repeats the heads of its table on each page and numbers the pages', () => {
    const { pages } = layOut(aReadStatement({ lines: Array.from({ length: 100 }, () => SHARE) }));
    for (const [index, page] of pages.entries()) {
      const texts = page.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
      expect(texts).toContain(`Page ${index + 1} of ${pages.length}`);
      if (texts.includes('Order o1')) expect(texts).toContain('Reference');
    }
  });

  it('keeps every text inside the page, however long, and amounts at one right edge', () => {
    const long: StatementLine = { ...SHARE, conversionId: 'x'.repeat(200), calculation: 'word '.repeat(2_000) };
    const name = 'A name that goes on '.repeat(7);
    const header = aHeader({ partnerId: 'p'.repeat(64), payableMinor: 9_007_199_254_740_991n, lineCount: 2 });
    const statement = aReadStatement({
      program: aProgramme({ name }),
      partnerName: name,
      header,
      lines: [long, SHARE],
    });
    for (const { text, x, y, size, face } of textMarks(statement)) {
      expect(x).toBeGreaterThanOrEqual(PAGE.margin - 0.01);
      expect(x + fonts().width(text, face, size), text).toBeLessThanOrEqual(PAGE.width - PAGE.margin + 0.01);
      expect(y).toBeLessThan(PAGE.height);
    }
    const ends = textMarks(statement)
      .filter(({ text, size }) => text === '1.23' && size === 8.5)
      .map(({ text, x, size }) => x + fonts().width(text, 'regular', size));
    expect(new Set(ends.map((end) => end.toFixed(3))).size).toBe(1);
  });

  it('prints any name: accents in either form, Greek, Cyrillic, and a visible box with a note for what it has no shape for', async () => {
    const given = aReadStatement({
      partnerName: 'Łódź Ελληνικά Ωmega Юлия',
      program: aProgramme({ name: 'Zoe\u0308' }),
    });
    expect(textOf(given)).toEqual(expect.arrayContaining(['Łódź Ελληνικά Ωmega Юлия', 'Zoë']));
    expect(layOut(given).incomplete).toBe(false);
    const chinese = aReadStatement({ partnerName: '东京 \u{1F468}\u200d\u{1F469} \u0007x' });
    expect(textOf(chinese)).toContain('□□ □□ x');
    expect(textOf(chinese).join(' ')).toContain('no shape for');
    expect((await textsOf(await print(given))).flat()).toContain('Łódź Ελληνικά Ωmega Юлия');
    await expect(print(chinese)).resolves.toBeDefined();
  });
});

describe('the words of a printed statement', () => {
  it.each([
    [123_456_789n, 'EUR', '1,234,567.89'],
    [-123_456n, 'JPY', '\u2212123,456'],
    [-1n, 'KWD', '\u22120.001'],
    [1_000_000n, 'KWD', '1,000.000'],
    [0n, 'GBP', '0.00'],
    [-9_007_199_254_740_993n, 'EUR', '\u221290,071,992,547,409.93'],
  ])('writes %s of %s as %s', (minor, currency, words) => {
    expect(amountWords(minor, currency)).toBe(words);
  });

  it('words rates, references and terms', () => {
    expect([rateWords(1250), rateWords(7), rateWords(0), rateWords(undefined)]).toEqual([
      '12.5 %',
      '0.07 %',
      '0 %',
      '',
    ]);
    expect(referenceWords(CLAWBACK)).toBe('Refund r1 of order o0');
    expect(referenceWords({ kind: 'adjustment', amountMinor: 1n, adjustmentId: 'a1' })).toBe('a1');
    expect(referenceWords({ kind: 'fixed_fee', amountMinor: 1n })).toBe('');
    expect([termsWords(3), termsWords(1_000_001), termsWords(undefined)]).toEqual([
      'plan version 3',
      'own terms 1',
      '',
    ]);
  });

  it('breaks lines at spaces, and inside a word only when it must', () => {
    const width = (text: string): number => text.length;
    expect(wrapped('one two three', 7, width)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefghij kl', 4, width)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrapped('', 4, width)).toEqual([]);
  });
});

describe('the statement as self-billing invoice', () => {
  const factsOf = (statement: ReadStatement): readonly string[] =>
    statementDocument(statement, LONDON).facts.map(({ label, value }) => `${label}: ${value}`);

  it('has its number, day and amount, and both parties with their tax numbers', () => {
    const issuer = { legalName: 'Acme Ltd', addressLines: ['1 High St', 'London E1 1AA'], taxId: 'GB980780684' };
    const billing = {
      legalName: 'Anna Agentur GmbH',
      addressLines: ['Hauptstrasse 1', '10115 Berlin'],
      country: 'DE',
      taxIds: [
        { kind: 'vat' as const, country: 'DE', value: 'DE136695976' },
        { kind: 'tax' as const, country: 'GB', value: '1955839661' },
      ],
    };
    const facts = factsOf(aReadStatement({ invoice, parties: { billing, issuer } }));
    expect(facts.slice(-5)).toEqual([
      'Self-billing invoice: SB-p1-0007',
      'Issued: 2026-02-02',
      'Invoiced: 1,234.56 GBP',
      'Supplier: Anna Agentur GmbH, Hauptstrasse 1, 10115 Berlin, DE, VAT no. DE136695976, Tax no. GB 1955839661',
      'Recipient: Acme Ltd, 1 High St, London E1 1AA, GB980780684',
    ]);
  });

  it('takes the names that are known where nobody said more, and is a credit note below zero', () => {
    const credit = { ...invoice, kind: 'self_billing_credit_note' as const, amountMinor: -50n };
    const facts = factsOf(aReadStatement({ invoice: credit }));
    expect(facts).toContain('Self-billing credit note: SB-p1-0007');
    expect(facts).toContain('Supplier: Anna Agency');
    expect(facts).toContain('Recipient: Acme partners');
    expect(factsOf(aReadStatement()).join()).not.toContain('Supplier');
  });

  it('wraps long names and prints them all', () => {
    const legalName = `Gesellschaft ${'Nord'.repeat(30)}`;
    const billing = { legalName, addressLines: ['Hauptstrasse 1'], country: 'DE', taxIds: [] };
    const printed = textOf(aReadStatement({ invoice, parties: { billing, issuer: undefined } }))
      .join('')
      .replaceAll(' ', '');
    expect(printed).toContain(legalName.replaceAll(' ', ''));
  });
});

describe('the export of a PDF', () => {
  async function anExport(lineCount: number, status: 'completed' | 'awaiting_decision' = 'completed', bytes = 0) {
    const money = makeFakeMoney();
    const header = aHeader({ lineCount });
    await money.newWriter().putHeader('acme', header);
    const decided = status === 'completed' ? { decision: 'approve' as const } : {};
    const exportPdf = makeExportStatementPdf({
      programs: { get: async () => aProgramme() },
      runs: { get: async () => aRun({ status, ...decided }) },
      statements: money.statements,
      partners: { name: async () => 'Anna Agency' },
      invoices: makeFakeInvoices(),
      facts: NO_FACTS,
      zone: () => LONDON,
      render: async ({ stateWord, partner }) =>
        bytes > 0 ? new Uint8Array(bytes) : Buffer.from(`${stateWord} ${partner.value}`),
    });
    return async (onlyPartners?: readonly string[]): Promise<string> =>
      Buffer.from(await exportPdf({ programId: 'acme', statementId: header.statementId, onlyPartners })).toString();
  }

  it('prints both parties of its invoice as they were when it was issued', async () => {
    const money = makeFakeMoney();
    const header = aHeader({ lineCount: 0 });
    await money.newWriter().putHeader('acme', header);
    const issuer = (legalName: string) => ({ legalName, addressLines: ['1 High St'] });
    const policy = (legalName: string) => ({
      approvals: { required: 2 },
      payouts: { ...DEFAULT_PAYOUT_RULES, issuer: issuer(legalName) },
    });
    const change = { programId: 'acme', version: 2, by: 'person:a', at: instant('2026-05-01T00:00:00Z') };
    const asked: unknown[] = [];
    let printed = '';
    const exportPdf = makeExportStatementPdf({
      programs: { get: async () => aProgramme({ ...policy('Acme after'), policyVersion: 2 }) },
      runs: { get: async () => aRun({ status: 'completed', decision: 'approve', policyVersion: 1 }) },
      statements: money.statements,
      partners: { name: async () => 'Anna Agency' },
      parties: {
        billings: { billing: async (...of) => void asked.push(of.at(-1)) },
        policies: {
          policyChanges: async () => [{ ...change, before: policy('Acme then'), after: policy('Acme after') }],
        },
      },
      invoices: { ofPartner: async () => [{ ...invoice, statementId: header.statementId }] },
      facts: NO_FACTS,
      zone: () => LONDON,
      render: async ({ facts }) => {
        printed = facts.map(({ value }) => value).join(' | ');
        return new Uint8Array();
      },
    });
    await exportPdf({ programId: 'acme', statementId: header.statementId });
    expect(asked).toEqual([invoice.issuedAt]);
    expect(printed).toContain('Acme then, 1 High St');
    expect(printed).not.toContain('Acme after');
  });

  it('shows a partner its own final statement alone', async () => {
    expect(await (await anExport(0))(['p1'])).toBe('Final Anna Agency');
    await expect((await anExport(0))(['p2'])).rejects.toMatchObject({ code: 'not_found' });
    await expect((await anExport(0, 'awaiting_decision'))(['p1'])).rejects.toMatchObject({ code: 'not_found' });
    expect(await (await anExport(0, 'awaiting_decision'))()).toBe('Draft Anna Agency');
  });

  it('refuses a statement that is too long to print and names the CSV', async () => {
    await expect((await anExport(10_001))()).rejects.toMatchObject({ code: 'invalid_request', message: /CSV/ });
    const large = await anExport(1, 'completed', 4_400_001);
    await expect(large()).rejects.toMatchObject({ code: 'invalid_request', message: /CSV/ });
  });
});
