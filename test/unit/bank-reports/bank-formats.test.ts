import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pain001, pain001v03 } from '#shared/adapters/rails/bank-file';
import { bankFormats } from '#shared/adapters/rails/bank-reports/bank-formats';
import { decodeReport } from '#shared/adapters/rails/bank-reports/decode-report';
import { Failure } from '#shared/application/failure';
import { nachaReturns } from '#test/support/builders/bank-answers';
import { ACME_DEBTOR } from '#test/support/builders/file-rails';
import { at } from '#test/support/builders/payouts';

const fixture = (name: string) => bankFormats.read(readFileSync(`test/data/bank/${name}`, 'utf8'));
const ruleOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.errors[0]?.rule ?? '';
    throw error;
  }
  return 'nothing';
};
const id = (digit: number): string => `TS${String(digit).padStart(32, '0')}`;
const doc = (inner: string): string => `<Document><BkToCstmrStmt>${inner}</BkToCstmrStmt></Document>`;

describe('reading what a bank answers', () => {
  it('reads a status report, payment by payment', () => {
    expect(fixture('pain.002.001.03.xml')).toMatchObject({
      kind: 'pain.002',
      messageId: 'PSR-2026-02-03-01',
      items: [
        {
          says: 'rejected',
          reference: id(1),
          amountMinor: 10_000n,
          currency: 'EUR',
          reason: 'AC01: the account number is wrong: IBAN unknown & closed',
        },
        { says: 'settled', reference: id(2) },
        { says: 'in_progress', bankStatus: 'PDNG', reference: undefined },
      ],
    });
  });

  it('reads a statement with a batch in detail, a batch in one sum and a return', () => {
    const { kind, items } = fixture('camt.053.001.08.xml');
    expect(kind).toBe('camt.053');
    expect(items).toMatchObject([
      { says: 'settled', reference: id(1), amountMinor: 10_000n, bankReference: 'SVC-1', bookedOn: '2026-02-03' },
      { says: 'settled', reference: id(2), amountMinor: 20_000n, bankReference: 'SVC-2' },
      { of: 'group', says: 'settled', count: 3, sumMinor: 30_000n, messageId: '2026-01.1-EUR-0123456789ABCDEF' },
      { says: 'returned', reference: id(2), amountMinor: 20_000n, reason: 'AC04: the account is closed' },
      { says: 'in_progress', bankStatus: 'PDNG' },
    ]);
  });

  it('reads a notification of the oldest version, and marks an amount that its currency has not', () => {
    expect(fixture('camt.054.001.02.xml').items).toMatchObject([
      { says: 'settled', reference: id(3), amountMinor: 1_200n, currency: 'JPY', bankReference: 'J1' },
      { says: 'settled', reference: id(4), rule: 'amount_unreadable' },
      { says: 'returned', reference: id(3), direction: 'credit' },
    ]);
  });

  it('reads returns and changes of ACH entries, and leaves the bank details in the file', () => {
    const text = nachaReturns([
      { id: 'TSAAAAAAAAAAAAA', amountMinor: 1_234n, code: 'R03' },
      { id: 'TSBBBBBBBBBBBBB', amountMinor: 99n, code: 'C01' },
    ]);
    const report = bankFormats.read(text);
    expect(report).toMatchObject({
      kind: 'nacha_return',
      items: [
        { says: 'returned', reference: 'TSAAAAAAAAAAAAA', amountMinor: 1_234n, currency: 'USD', bankStatus: 'R03' },
        { says: 'notice', reference: 'TSBBBBBBBBBBBBB', bankStatus: 'C01' },
      ],
    });
    expect(JSON.stringify(report, (_key, one) => (typeof one === 'bigint' ? 0 : one))).not.toContain('123456789');
    expect(ruleOf(() => bankFormats.read(text.replace('\n8220', '\nX8220')))).toContain('94 characters');
  });
});

describe('what a bank wrote', () => {
  const aReturn = (amount: string, text: string): string =>
    doc(
      `<GrpHdr><MsgId>m</MsgId></GrpHdr><Stmt><Ntry>${amount}<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>` +
        `<NtryDtls><TxDtls><Refs><EndToEndId>${id(1)}</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>${text}</AddtlInf></RtrInf></TxDtls></NtryDtls></Ntry></Stmt>`,
    );
  const entryOf = (amount: string, text = '') => bankFormats.read(aReturn(amount, text)).items[0];

  it('in its own words keeps the end alone of each account that it names', () => {
    const reasonOf = (text: string) => (entryOf('<Amt Ccy="EUR">1</Amt>', text) as { reason?: string }).reason;
    expect(reasonOf('DE89370400440532013000 IS CLOSED')).toBe('AC04: the account is closed: …3000 IS CLOSED');
    expect(reasonOf('acct GB33 BUKB 2020 1555 5555 55.')).toBe('AC04: the account is closed: acct …5555.');
    expect(reasonOf('0532 013 000, since 2026-02-03')).toBe('AC04: the account is closed: …3000, since 2026-02-03');
  });

  it('as an amount is one of a currency, and no more than can be told', () => {
    const amountOf = (text: string) => entryOf(text);
    expect(amountOf('<Amt Ccy="EUR">90071992547409.91</Amt>')).toMatchObject({ amountMinor: 9_007_199_254_740_991n });
    for (const [ccy, text] of [
      ['EUR', '90071992547409.92'],
      ['Euro', '1.00'],
      ['E'.repeat(500_000), '1.00'],
    ]) {
      const entry = amountOf(`<Amt Ccy="${ccy}">${text}</Amt>`);
      expect(entry).toMatchObject({ rule: 'amount_unreadable' });
      expect(entry).not.toHaveProperty('amountMinor');
      expect(entry).not.toHaveProperty('currency');
    }
  });
});

describe('our own file, read back', () => {
  it('names each payment with its block, in both versions', () => {
    for (const format of [pain001, pain001v03]) {
      const text = format.render({
        messageId: '2026-01.1-EUR-0123456789ABCDEF',
        createdAt: at('2026-02-02T10:00:00Z'),
        currency: 'EUR',
        ordinal: 1,
        payer: ACME_DEBTOR,
        payments: [
          {
            endToEndId: id(1),
            amountMinor: 10_001n,
            creditor: { name: 'A', iban: 'AT611904300234573201' },
            remittance: 'x',
          },
          {
            endToEndId: id(2),
            amountMinor: 5n,
            creditor: { name: 'B', iban: 'AE070331234567890123456' },
            remittance: 'y',
          },
        ],
      });
      expect(bankFormats.paymentsOf(text)).toEqual([
        { blockId: '2026-01.1-EUR-0123456789ABCDEF-S', reference: id(1), amountMinor: 10_001n, currency: 'EUR' },
        { blockId: '2026-01.1-EUR-0123456789ABCDEF-O', reference: id(2), amountMinor: 5n, currency: 'EUR' },
      ]);
    }
  });
});

describe('a hostile file', () => {
  it('is refused before anything of it grows or is fetched', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${doc('&b;')}`;
    const external = `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">${doc('')}`;
    for (const text of [bomb, external, doc('<!ENTITY a "b">')]) {
      expect(ruleOf(() => bankFormats.read(text))).toBe('must not have a document type or entities');
    }
  });

  it('is refused when it is not whole, not one document, too deep or of another kind', () => {
    const rules = [
      '',
      'hello',
      '{"Document":{}}',
      '<Document>',
      '<Document></Document',
      '<Document><a></b></Document>',
      '<Document/><Document/>',
      '<Other/>',
      '<Document/>',
      '<Document><BkToCstmrAcctRpt/></Document>',
      doc(''),
      doc(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`),
      '<Document><__proto__/></Document>',
    ].map((text) => ruleOf(() => bankFormats.read(text)));
    expect(rules.filter((rule) => !rule.startsWith('must '))).toEqual([]);
    expect(rules.at(-2)).toContain('Maximum nested tags');
    expect(rules[10]).toContain('GrpHdr/MsgId');
  });

  it('is refused in another encoding than UTF-8, whatever it says', () => {
    const latin = `<?xml version="1.0" encoding="ISO-8859-1"?>${doc('')}`;
    expect(ruleOf(() => bankFormats.read(latin))).toContain('must be encoded in UTF-8');
    for (const bytes of [
      Buffer.from('\uFEFF<a/>', 'utf16le'),
      Buffer.from([0xff, 0x3c]),
      Buffer.from('<a>\uFFFD</a>'),
    ]) {
      expect(ruleOf(() => decodeReport(bytes))).toBe('must be encoded in UTF-8');
    }
    expect(decodeReport(Buffer.from('\uFEFF<a/>'))).toBe('\uFEFF<a/>');
  });

  it('of many megabytes is read or refused within a second or two', () => {
    const entry = '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts></Ntry>';
    const many = doc(`<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt>${entry.repeat(2_000)}</Stmt>`);
    const wide = doc(
      `<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt>${' '.repeat(2_000_000)}${'&amp;'.repeat(200_000)}</Stmt>`,
    );
    const open = `<Document>${'<'.repeat(500_000)}`;
    const started = performance.now();
    expect(bankFormats.read(many).items).toHaveLength(2_000);
    expect(bankFormats.read(wide).items).toHaveLength(0);
    expect(ruleOf(() => bankFormats.read(open))).toContain('must ');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
