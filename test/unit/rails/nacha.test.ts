import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryClassOf, nacha } from '#shared/adapters/rails/nacha';
import { toRecord } from '#shared/adapters/rails/nacha-records';
import type { AchAccount, AchOriginator, FileContent } from '#shared/application/payouts/paying/file-rail';
import { MAX_ACH_AMOUNT_MINOR } from '#shared/domain/ledger/rail-limits';
import { ACME_ORIGINATOR } from '#test/support/builders/file-rails';
import { at } from '#test/support/builders/payouts';
import { readNacha } from '#test/support/rails/nacha-reader';

type Content = FileContent<AchOriginator, AchAccount>;
type Payment = Content['payments'][number];

const aPayment = (over: Partial<Omit<Payment, 'creditor'>> & { creditor?: Partial<AchAccount> } = {}): Payment => ({
  endToEndId: 'TSABCDEFGHIJKLM',
  amountMinor: 12_345n,
  remittance: 'Commission 2026-01',
  ...over,
  creditor: {
    name: 'Jane Doe',
    routingNumber: '011000015',
    accountNumber: '12345678',
    accountType: 'checking',
    ...over.creditor,
  },
});
const aFile = (over: Partial<Content> = {}): Content => ({
  messageId: '2026-01.1-USD-0123456789ABCDEF',
  createdAt: at('2026-02-02T15:04:05.678Z'),
  currency: 'USD',
  ordinal: 0,
  payer: ACME_ORIGINATOR,
  payments: [aPayment()],
  ...over,
});

describe('a Nacha file', () => {
  it('is laid out as the rules print it', () => {
    const payments = [
      aPayment(),
      aPayment({
        endToEndId: 'TS2222222222222',
        amountMinor: 5n,
        creditor: {
          name: 'Müller & Söhne Widgets Incorporated LLC',
          routingNumber: '091000019',
          accountType: 'savings',
        },
      }),
    ];
    expect(nacha.render(aFile({ payments })).split('\n')).toEqual([
      '101 02100002111234567892602021004A094101Example Bank           Acme Inc               89ABCDEF',
      '5220Acme Inc        2026-01.1-USD-0123451123456789PPDCOMMISSION260202260203   1021000020000001',
      '62201100001512345678         0000012345TSABCDEFGHIJKLMJane Doe                0021000020000001',
      '822000000100011000010000000000000000000123451123456789                         021000020000001',
      '5220Acme Inc        2026-01.1-USD-0123451123456789CCDCOMMISSION260202260203   1021000020000002',
      '63209100001912345678         0000000005TS2222222222222Muller + Sohne Widgets  0021000020000002',
      '822000000100091000010000000000000000000000051123456789                         021000020000002',
      '9000002000001000000020010200002000000000000000000012350                                       ',
      ...Array(2).fill('9'.repeat(94)),
      '',
    ]);
  });

  it('is dated on the clock of New York, and takes effect on the next banking day', () => {
    const late = readNacha(nacha.render(aFile({ createdAt: at('2026-02-14T02:30:00Z') })));
    expect([late.header.creationDate, late.header.creationTime]).toEqual(['260213', '2130']);
    // A Friday before the weekend and Washington's Birthday.
    expect(late.batches[0]?.header.effectiveDate).toBe('260217');
  });

  it('says who sends it where, when that is not the originating bank', () => {
    const payer = { ...ACME_ORIGINATOR, immediateDestination: '091000019', immediateOrigin: '011000015' };
    const { header, batches } = readNacha(nacha.render(aFile({ payer })));
    expect([header.immediateDestination, header.immediateOrigin]).toEqual([' 091000019', ' 011000015']);
    expect(batches[0]?.header.originatingDfi).toBe('02100002');
  });

  it('tells the files of one day apart by the letters and digits that the rules allow', () => {
    const modifiers = Array.from(
      { length: 36 },
      (_, ordinal) => readNacha(nacha.render(aFile({ ordinal: ordinal + 24_313 }))).header.fileIdModifier,
    );
    expect(new Set(modifiers).size).toBe(36);
    expect(modifiers.every((modifier) => /^[A-Z0-9]$/.test(modifier))).toBe(true);
  });

  it.each([
    ['Jane Doe', 'PPD'],
    ['Conan Inca', 'PPD'],
    ['Acme Inc.', 'CCD'],
    ['ACME, L.L.C.', 'CCD'],
    ['Widgets (Holdings) Ltd', 'CCD'],
    ['Coffee Partners LLP', 'CCD'],
    ['Smith Group', 'CCD'],
  ])('pays %s by %s', (name, entryClass) => {
    expect(entryClassOf(name)).toBe(entryClass);
  });

  it.each([
    ['another currency', aFile({ currency: 'EUR' }), /pays US dollars, not EUR/],
    ['two payments with one id', aFile({ payments: [aPayment(), aPayment()] }), /one end-to-end id/],
    ['nothing', aFile({ payments: [aPayment({ amountMinor: 0n })] }), /cannot pay 0 cents/],
    ['eleven digits', aFile({ payments: [aPayment({ amountMinor: MAX_ACH_AMOUNT_MINOR + 1n })] }), /cannot pay 1000/],
    ['a longer id', aFile({ payments: [aPayment({ endToEndId: 'TS34567890123456' })] }), /no field of 15/],
    ['a longer company name', aFile({ payer: { ...ACME_ORIGINATOR, companyName: 'A'.repeat(17) } }), /no field of 16/],
    [
      'a sum of thirteen digits',
      aFile({
        payments: Array.from({ length: 101 }, (_, n) =>
          aPayment({ endToEndId: `TS${n}`, amountMinor: MAX_ACH_AMOUNT_MINOR }),
        ),
      }),
      /more than twelve digits/,
    ],
  ])('refuses %s instead of cutting it', (_name, content, why) => {
    expect(() => nacha.render(content)).toThrow(why);
  });

  it('has records of 94 characters only', () => {
    expect(() => toRecord([93, ''])).toThrow('a record of 93 characters');
    expect(() => toRecord([94, 'é'])).toThrow(/^a value of 94 characters is no field of 94 printable ones$/);
  });

  it('reads back as what was asked, with every count, sum and hash', () => {
    const payment = fc.record({
      amountMinor: fc.oneof(fc.bigInt({ min: 1n, max: 10_000n }), fc.constant(MAX_ACH_AMOUNT_MINOR)),
      name: fc.string({ minLength: 1, maxLength: 70, unit: 'binary' }),
      legalForm: fc.constantFrom('', ' LLC'),
      bank: fc.constantFrom('011000015', '021000021', '091000019', '121000358', '999999992'),
      accountNumber: fc.stringMatching(/^\d{4,17}$/),
      accountType: fc.constantFrom('checking' as const, 'savings' as const),
    });
    fc.assert(
      fc.property(fc.array(payment, { minLength: 1, maxLength: 40 }), (all) => {
        const payments = all.map(({ amountMinor, name, legalForm, bank, accountNumber, accountType }, index) =>
          aPayment({
            endToEndId: `TS${index}`,
            amountMinor,
            creditor: { name: `${name}${legalForm}`, routingNumber: bank, accountNumber, accountType },
          }),
        );
        const text = nacha.render(aFile({ payments }));
        const file = readNacha(text);
        const entries = file.batches.flatMap((batch) => batch.entries);
        expect(
          entries
            .map((entry) => [
              entry.individualId.trimEnd(),
              BigInt(entry.amount),
              `${entry.receivingDfi}${entry.checkDigit}`,
              entry.accountNumber.trimEnd(),
              entry.transactionCode === '22' ? 'checking' : 'savings',
            ])
            .sort(),
        ).toEqual(
          payments
            .map(({ endToEndId, amountMinor, creditor }) => [
              endToEndId,
              amountMinor,
              creditor.routingNumber,
              creditor.accountNumber,
              creditor.accountType,
            ])
            .sort(),
        );
        expect([...nacha.endToEndIdsOf(text)].sort()).toEqual(payments.map(({ endToEndId }) => endToEndId).sort());
        expect(nacha.amountsOf(text)).toEqual(
          new Map(payments.map(({ endToEndId, amountMinor }) => [endToEndId, amountMinor])),
        );
        expect(entries.map(({ traceNumber }) => traceNumber)).toEqual(
          entries.map((_, index) => `02100002${String(index + 1).padStart(7, '0')}`),
        );
        for (const { header, entries: own, control } of file.batches) {
          expect([control.batchNumber, control.companyId, control.originatingDfi, control.serviceClass]).toEqual([
            header.batchNumber,
            header.companyId,
            header.originatingDfi,
            header.serviceClass,
          ]);
          expect(counted(own)).toEqual({
            entryCount: Number(control.entryCount),
            entryHash: control.entryHash,
            totalCredit: BigInt(control.totalCredit),
          });
        }
        expect(counted(entries)).toEqual({
          entryCount: Number(file.control.entryCount),
          entryHash: file.control.entryHash,
          totalCredit: BigInt(file.control.totalCredit),
        });
        expect(Number(file.control.batchCount)).toBe(file.batches.length);
        expect(Number(file.control.blockCount) * 10).toBe(file.lines);
        expect(file.fillers).toBeLessThan(10);
        expect(nacha.render(aFile({ payments }))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });
});

function counted(entries: readonly { readonly receivingDfi: string; readonly amount: string }[]): object {
  const hash = entries.reduce((sum, entry) => sum + BigInt(entry.receivingDfi), 0n);
  return {
    entryCount: entries.length,
    entryHash: String(hash).padStart(10, '0').slice(-10),
    totalCredit: entries.reduce((sum, entry) => sum + BigInt(entry.amount), 0n),
  };
}
