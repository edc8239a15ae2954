import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { create } from 'xmlbuilder2';
import { pain001 } from '#shared/adapters/rails/bank-file';
import type { BankAccount, FileContent } from '#shared/application/payouts/paying/file-rail';
import { toDecimal } from '#shared/domain/money/minor-units';
import { at } from '#test/support/builders/payouts';
import { PAIN_001_ORDER, PAIN_001_TEXT } from './pain-001-order.ts';

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

type Found = {
  readonly name: string;
  readonly attributes: number;
  readonly children: readonly Found[];
  readonly text: string;
};

function read(xml: string): Found {
  const walk = (node: { nodeName: string; childNodes: Iterable<unknown>; attributes?: { length: number } }): Found => {
    const nodes = [...node.childNodes] as {
      nodeType: number;
      nodeName: string;
      nodeValue: string;
      childNodes: Iterable<unknown>;
    }[];
    return {
      name: node.nodeName,
      attributes: node.attributes?.length ?? 0,
      children: nodes.filter((child) => child.nodeType === 1).map(walk),
      text: nodes
        .flatMap((child) => (child.nodeType === 3 ? child.nodeValue : []))
        .join('')
        .trim(),
    };
  };
  return walk(create(xml).root().node as never);
}

/** What breaks the order, number or text of elements, as paths. */
function faults(found: Found, path = found.name): readonly string[] {
  const order = PAIN_001_ORDER[found.name];
  if (found.children.length === 0) {
    const rule = PAIN_001_TEXT[found.name];
    return rule?.test(found.text) ? [] : [`${path} holds "${found.text}"`];
  }
  const inner = found.children.flatMap((child) => faults(child, `${path}/${child.name}`));
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

const textsOf = (found: Found, name: string): readonly string[] =>
  found.name === name ? [found.text] : found.children.flatMap((child) => textsOf(child, name));

describe('a pain.001.001.09 file', () => {
  it('has the elements, order and texts of the schema', () => {
    expect(faults(read(pain001.render(aFile())))).toEqual([]);
    expect(pain001.render(aFile())).toContain('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">');
  });

  it('would be caught with an element out of its place', () => {
    const xml = pain001.render(aFile()).replace(/(<PmtMtd>TRF<\/PmtMtd>)\s*(<BtchBookg>true<\/BtchBookg>)/, '$2$1');
    expect(faults(read(xml))).toHaveLength(1);
  });

  it.skipIf(spawnSync('xmllint', ['--version']).error !== undefined)(
    'is well-formed for another parser (needs xmllint: apt-get install libxml2-utils)',
    () => {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: pain001.render(aFile()) });
      expect([status, stderr.toString()]).toEqual([0, '']);
    },
  );

  it('gives the same bytes for the same content', () => {
    expect(pain001.render(aFile())).toBe(pain001.render(aFile()));
  });

  it('counts and sums its payments in the header and the block', () => {
    const file = read(pain001.render(aFile()));
    expect(textsOf(file, 'NbOfTxs')).toEqual(['2', '2']);
    expect(textsOf(file, 'CtrlSum')).toEqual(['123.50', '123.50']);
    expect(textsOf(file, 'InstdAmt')).toEqual(['123.45', '0.05']);
  });

  it('is dated by the decision, not by the time of writing', () => {
    const file = read(pain001.render(aFile()));
    expect(textsOf(file, 'CreDtTm')).toEqual(['2026-02-02T10:00:00Z']);
    expect(textsOf(file, 'Dt')).toEqual(['2026-02-02']);
  });

  it.each([
    ['JPY', 1_500n, '1500'],
    ['KWD', 1_234n, '1.234'],
    ['GBP', 9_007_199_254_740_993n, '90071992547409.93'],
  ])('writes %s with its own decimals', (currency, amountMinor, text) => {
    const [payment] = aFile().payments;
    const file = read(pain001.render(aFile({ currency, payments: [{ ...payment!, amountMinor }] })));
    expect(textsOf(file, 'InstdAmt')).toEqual([text]);
    expect(textsOf(file, 'CtrlSum')).toEqual([text, text]);
    expect(pain001.render(aFile({ currency }))).toContain(`<InstdAmt Ccy="${currency}">`);
  });

  it('asks for SEPA only in euro between SEPA accounts, in a block of its own', () => {
    const [payment] = aFile().payments;
    const outside = { ...payment!, creditor: { name: 'US', iban: 'TR330006100519786457841326' } };
    const file = read(pain001.render(aFile({ payments: [outside, payment!] })));
    expect(faults(file)).toEqual([]);
    expect(textsOf(file, 'Cd')).toEqual(['SEPA']);
    expect(textsOf(file, 'ChrgBr')).toEqual(['SLEV', 'SHAR']);
    expect(textsOf(file, 'NbOfTxs')).toEqual(['2', '1', '1']);
    expect(new Set(textsOf(file, 'PmtInfId')).size).toBe(2);
    expect(textsOf(read(pain001.render(aFile({ currency: 'GBP' }))), 'Cd')).toEqual([]);
  });

  it('names no debtor bank as NOTPROVIDED, as the guidelines ask', () => {
    const file = pain001.render(aFile({ payer: { name: 'Acme', iban: 'DE89370400440532013000' } }));
    expect(faults(read(file))).toEqual([]);
    expect(file).toContain('<Id>NOTPROVIDED</Id>');
  });

  it('reads its own end-to-end ids back', () => {
    expect(pain001.endToEndIdsOf(pain001.render(aFile()))).toEqual(['TS1', 'TS2']);
    expect(pain001.endToEndIdsOf('')).toEqual([]);
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
          const xml = pain001.render(aFile({ currency, payments }));
          const file = read(xml);
          expect(faults(file)).toEqual([]);
          const sum = payments.reduce((total, one) => total + one.amountMinor, 0n);
          expect(textsOf(file, 'CtrlSum')[0]).toBe(toDecimal(sum, currency));
          expect([...pain001.endToEndIdsOf(xml)].sort()).toEqual(payments.map((one) => one.endToEndId));
          for (const text of [...textsOf(file, 'Nm'), ...textsOf(file, 'Ustrd')]) {
            expect(text).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]+$/);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
