import { describe, expect, it } from 'vitest';
import {
  accountBalances,
  CASH,
  EXPENSE_COMMISSION,
  type JournalEntry,
  journalEntry,
  PAYOUTS_IN_TRANSIT,
  payableAccount,
  payableChange,
  transfer,
} from '#shared/domain/ledger/journal';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import { at, PROGRAM_ID } from '#test/support/builders/payouts';

const entry = (over: Partial<JournalEntry> = {}): JournalEntry => ({
  entryId: 'post~s',
  programId: PROGRAM_ID,
  partnerId: 'p1',
  postedAt: at('2026-02-02T00:00:00Z'),
  kind: 'statement',
  currency: 'GBP',
  postings: transfer(EXPENSE_COMMISSION, payableAccount('p1'), 500n),
  links: { statementId: 's' },
  description: 'Statement',
  ...over,
});

describe('a journal entry', () => {
  it('is refused when its postings do not sum to zero', () => {
    const postings = [
      { account: EXPENSE_COMMISSION, amountMinor: 500n },
      { account: payableAccount('p1'), amountMinor: -499n },
    ];
    expect(() => journalEntry(entry({ postings }))).toThrow('do not sum to zero');
  });

  it('is refused with fewer than two postings or a posting of zero', () => {
    expect(() => journalEntry(entry({ postings: [] }))).toThrow('two postings');
    expect(() => journalEntry(entry({ postings: transfer(CASH, EXPENSE_COMMISSION, 0n) }))).toThrow('zero');
  });

  it('is refused with one posting of zero among others', () => {
    const postings = [...transfer(CASH, EXPENSE_COMMISSION, 5n), { account: PAYOUTS_IN_TRANSIT, amountMinor: 0n }];
    expect(() => journalEntry(entry({ postings }))).toThrow('zero');
  });

  it('books to the accounts by their names in the ledger export', () => {
    expect([EXPENSE_COMMISSION, PAYOUTS_IN_TRANSIT, CASH, payableAccount('p1')]).toEqual([
      'expense:commission',
      'payouts:in_transit',
      'cash',
      'partner:p1:payable',
    ]);
  });

  it('raises what we owe a partner by a credit to its payable account', () => {
    expect(payableChange(entry())).toBe(500n);
    expect(payableChange(entry({ postings: transfer(EXPENSE_COMMISSION, payableAccount('p1'), -20n) }))).toBe(-20n);
  });

  it('does not count for another partner whose id begins alike', () => {
    expect(payableChange(entry({ partnerId: 'p' }))).toBe(0n);
  });

  it('makes the balances of house accounts by currency', () => {
    const balances = accountBalances([entry(), entry({ currency: 'JPY' }), entry()]);
    expect(balances.get(EXPENSE_COMMISSION)).toEqual(
      new Map([
        ['GBP', 1000n],
        ['JPY', 500n],
      ]),
    );
  });
});

describe('an exact decimal', () => {
  it.each([
    ['GBP', 0n, '0.00'],
    ['GBP', 1n, '0.01'],
    ['GBP', -1n, '-0.01'],
    ['GBP', 123_456n, '1234.56'],
    ['JPY', 1_500n, '1500'],
    ['JPY', -7n, '-7'],
    ['KWD', 1_234n, '1.234'],
    ['KWD', 5n, '0.005'],
    ['GBP', 9_007_199_254_740_993n, '90071992547409.93'],
  ])('of %s %s minor units is %s', (currency, minor, text) => {
    expect(toDecimal(minor, currency)).toBe(text);
  });

  it('follows ISO 4217 where the browser does not', () => {
    expect(decimalsOf('IQD')).toBe(3);
    expect(decimalsOf('CLF')).toBe(4);
  });
});
