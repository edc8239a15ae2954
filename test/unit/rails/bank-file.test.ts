import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pain001, pain001v03 } from '#shared/adapters/rails/bank-file';
import { toXmlDocument } from '#shared/adapters/rails/xml-text';
import type { BankAccount, FileContent } from '#shared/application/payouts/paying/file-rail';
import { toDecimal } from '#shared/domain/money/minor-units';
import { at } from '#test/support/builders/payouts';
import { type FoundElement, readXml, textsOf } from '#test/support/rails/pain-reader';
import { type PainVersion, painOrder, painTexts } from './pain-001-order.ts';

type Content = FileContent<BankAccount, BankAccount>;

const aFile = (over: Partial<Content> = {}): Content => ({
  ordinal: 1,
  messageId: '2026-01.1-EUR-0123456789ABCDEF',
  createdAt: at('2026-02-02T10:00:00.123Z'),
  currency: 'EUR',
  payer: { name: 'Acme GmbH', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  payments: [
    {
      endToEndId: 'TS1',
      amountMinor: 12_345n,
      creditor: { name: 'Bücher & Söhne', iban: 'AT61 1904 3002 3457 3201' },
      remittance: 'Commission 2026-01 statement 2026-01.1 p1 EUR',
    },
    {
      endToEndId: 'TS2',
      amountMinor: 5n,
      creditor: { name: 'Zoë', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPLIL' },
      remittance: 'Commission',
    },
  ],
  ...over,
});

const FORMATS = { 'pain.001.001.09': pain001, 'pain.001.001.03': pain001v03 } as const;
const VERSIONS = ['pain.001.001.09', 'pain.001.001.03'] as const;

/** What breaks the order, number or text of elements, as paths. */
function faults(version: PainVersion, found: FoundElement, path = found.name): readonly string[] {
  const order = painOrder(version)[found.name];
  if (found.children.length === 0) {
    const rule = painTexts(version)[found.name];
    return rule?.test(found.text) ? [] : [`${path} holds "${found.text}"`];
  }
  const inner = found.children.flatMap((child) => faults(version, child, `${path}/${child.name}`));
  if (path.endsWith('Acct/Id'))
    return found.children.map((one) => one.name).join() === 'IBAN' ? inner : [path, ...inner];
  if (!order) return [`${path} is not expected`];
  const pattern = order.map((one) => {
    const name = one.replace(/[?*+]$/, '');
    return `(?:${name} )${one === name ? '' : one.at(-1)}`;
  });
  const names = found.children.map((child) => `${child.name} `).join('');
  return new RegExp(`^${pattern.join('')}$`).test(names) ? inner : [`${path}: ${names}`, ...inner];
}

describe.each(VERSIONS)('a %s file', (version) => {
  const format = FORMATS[version];

  it('has the elements, order and texts of the schema', () => {
    expect(faults(version, readXml(format.render(aFile())))).toEqual([]);
    expect(format.render(aFile())).toContain(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}">`);
  });

  it('would be caught with an element out of its place', () => {
    const xml = format.render(aFile()).replace(/(<PmtMtd>TRF<\/PmtMtd>)\s*(<BtchBookg>true<\/BtchBookg>)/, '$2$1');
    expect(faults(version, readXml(xml))).toHaveLength(1);
  });

  it.skipIf(spawnSync('xmllint', ['--version']).error !== undefined)(
    'is well-formed for another parser (needs xmllint: apt-get install libxml2-utils)',
    () => {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: format.render(aFile()) });
      expect([status, stderr.toString()]).toEqual([0, '']);
    },
  );

  it('gives the same bytes for the same content', () => {
    expect(format.render(aFile())).toBe(format.render(aFile()));
  });

  it('counts and sums its payments in the header and the block', () => {
    const file = readXml(format.render(aFile()));
    expect(textsOf(file, 'NbOfTxs')).toEqual(['2', '2']);
    expect(textsOf(file, 'CtrlSum')).toEqual(['123.50', '123.50']);
    expect(textsOf(file, 'InstdAmt')).toEqual(['123.45', '0.05']);
  });

  it('is dated by the decision, not by the time of writing', () => {
    const file = readXml(format.render(aFile()));
    expect(textsOf(file, 'CreDtTm')).toEqual(['2026-02-02T10:00:00Z']);
    expect(textsOf(file, version === 'pain.001.001.09' ? 'Dt' : 'ReqdExctnDt')).toEqual(['2026-02-02']);
  });

  it.each([
    ['JPY', 1_500n, '1500'],
    ['KWD', 1_234n, '1.234'],
    ['GBP', 9_007_199_254_740_993n, '90071992547409.93'],
  ])('writes %s with its own decimals', (currency, amountMinor, text) => {
    const [payment] = aFile().payments;
    const file = readXml(format.render(aFile({ currency, payments: [{ ...payment!, amountMinor }] })));
    expect(textsOf(file, 'InstdAmt')).toEqual([text]);
    expect(textsOf(file, 'CtrlSum')).toEqual([text, text]);
    expect(format.render(aFile({ currency }))).toContain(`<InstdAmt Ccy="${currency}">`);
  });

  it('asks for SEPA only in euro between SEPA accounts, in a block of its own', () => {
    const [payment] = aFile().payments;
    const outside = { ...payment!, creditor: { name: 'US', iban: 'TR330006100519786457841326' } };
    const file = readXml(format.render(aFile({ payments: [outside, payment!] })));
    expect(faults(version, file)).toEqual([]);
    expect(textsOf(file, 'Cd')).toEqual(['SEPA']);
    expect(textsOf(file, 'ChrgBr')).toEqual(['SLEV', 'SHAR']);
    expect(textsOf(file, 'NbOfTxs')).toEqual(['2', '1', '1']);
    expect(new Set(textsOf(file, 'PmtInfId')).size).toBe(2);
    expect(textsOf(readXml(format.render(aFile({ currency: 'GBP' }))), 'Cd')).toEqual([]);
  });

  it('names no debtor bank as NOTPROVIDED, as the guidelines ask', () => {
    const file = format.render(aFile({ payer: { name: 'Acme', iban: 'DE89370400440532013000' } }));
    expect(faults(version, readXml(file))).toEqual([]);
    expect(file).toContain('<Id>NOTPROVIDED</Id>');
  });

  it('says a BIC in capitals, and leaves one out that its schema would refuse', () => {
    const [payment] = aFile().payments;
    const file = readXml(
      format.render(
        aFile({
          payer: { name: 'Acme', iban: 'DE89370400440532013000', bic: 'cobadeff' },
          payments: [{ ...payment!, creditor: { ...payment!.creditor, bic: '1BANATWW' } }],
        }),
      ),
    );
    expect(faults(version, file)).toEqual([]);
    expect(textsOf(file, version === 'pain.001.001.09' ? 'BICFI' : 'BIC')).toEqual(
      version === 'pain.001.001.09' ? ['COBADEFF', '1BANATWW'] : ['COBADEFF'],
    );
  });

  it('pays more than the SEPA scheme carries at once outside of it', () => {
    const [payment] = aFile().payments;
    const most = { ...payment!, amountMinor: 99_999_999_999n };
    const more = { ...payment!, endToEndId: 'TS2', amountMinor: 100_000_000_000n };
    const file = readXml(format.render(aFile({ payments: [most, more] })));
    expect(textsOf(file, 'ChrgBr')).toEqual(['SLEV', 'SHAR']);
    expect(textsOf(file, 'CtrlSum')).toEqual(['1999999999.99', '999999999.99', '1000000000.00']);
  });

  it('escapes what XML would read as markup, in a text and in an attribute', () => {
    expect(toXmlDocument(['a', [['b', `<&>"'`]], { c: `<&>"'` }])).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<a c="&lt;&amp;&gt;&quot;'">\n  <b>&lt;&amp;&gt;&quot;'</b>\n</a>`,
    );
  });

  it('says in which version it is written, whatever a setting says later', () => {
    expect(pain001.nameOf(format.render(aFile()))).toBe(version);
    expect(format.nameOf('')).toBe(version);
  });

  it('reads its own end-to-end ids back', () => {
    expect(format.endToEndIdsOf(format.render(aFile()))).toEqual(['TS1', 'TS2']);
    expect(format.endToEndIdsOf('')).toEqual([]);
    expect(format.amountsOf('')).toEqual(new Map());
  });

  it('keeps sums, ids and the character set for any payments', () => {
    const payment = fc.record({
      amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
      name: fc.string({ minLength: 1, unit: 'binary' }),
      remittance: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(payment, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (all, currency) => {
          const payments = all.map(({ amountMinor, name, remittance }, index) => ({
            endToEndId: `TS${index}`,
            amountMinor,
            creditor: { name, iban: 'AT611904300234573201' },
            remittance: `Commission ${remittance}`,
          }));
          const xml = format.render(aFile({ currency, payments }));
          const file = readXml(xml);
          expect(faults(version, file)).toEqual([]);
          const sum = payments.reduce((total, one) => total + one.amountMinor, 0n);
          expect(textsOf(file, 'CtrlSum')[0]).toBe(toDecimal(sum, currency));
          expect([...format.endToEndIdsOf(xml)].sort()).toEqual(payments.map((one) => one.endToEndId));
          expect([...format.amountsOf(xml)].sort()).toEqual(payments.map((one) => [one.endToEndId, one.amountMinor]));
          for (const text of [...textsOf(file, 'Nm'), ...textsOf(file, 'Ustrd')]) {
            expect(text).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]+$/);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
