import { describe, expect, it } from 'vitest';
import { canAskRail, canResolve, payoutStatus } from '#functions/console/payouts/payout-words';
import { lineSubject, lineWords, placeOf, statementState } from '#functions/console/statements/statement-words';
import { makeFormat } from '#functions/console/web/format';

const format = makeFormat('en-GB', 'Europe/London');
const share = { kind: 'revenue_share', amountMinor: 3_582, baseMinor: 35_825, rateBps: 1_000 } as const;

describe('how the amount of a line follows', () => {
  it('is base times rate, and says when it was rounded', () => {
    expect(lineWords({ ...share, baseMinor: 10_000, amountMinor: 1_000 }, 'GBP', format)).toBe(
      '£100.00 × 10% = £10.00',
    );
    expect(lineWords(share, 'GBP', format)).toBe('£358.25 × 10% = £35.82, rounded (a half to the even digit)');
  });

  it('stays in the words of the line where a cap cut it, or it is no share', () => {
    const cut = '35825 x 1000 / 10000 = 3582.5, half to even: 3582, cut to the cap of 2000 per customer: 2000 was left';
    expect(lineWords({ ...share, amountMinor: 2_000, calculation: cut }, 'GBP', format)).toBeUndefined();
    expect(lineWords({ kind: 'fixed_fee', amountMinor: 500 }, 'GBP', format)).toBeUndefined();
  });

  it('names what the line is about', () => {
    expect(lineSubject({ ...share, conversionId: 'o1' })).toBe('o1');
    expect(lineSubject({ kind: 'clawback', amountMinor: -5, conversionId: 'o1', refundId: 'r1' })).toBe(
      'o1, refund r1',
    );
    expect(lineSubject({ kind: 'fixed_fee', amountMinor: 5 })).toBe('');
  });
});

describe('a statement id', () => {
  it('says run, month and partner, also of a partner id with dots and colons', () => {
    expect(placeOf('2026-01.2~a.b:c~GBP')).toEqual({ runId: '2026-01.2', period: '2026-01', partnerId: 'a.b:c' });
    expect(placeOf('2026-01~a~GBP')).toBeUndefined();
    expect(placeOf('')).toBeUndefined();
  });
});

describe('states in words', () => {
  it('tell a held statement from one that is paid', () => {
    expect(statementState({ state: 'final', held: false })[1]).toBe('Approved');
    expect(statementState({ state: 'final', held: true })[1]).toBe('Approved, payout held back');
    expect(statementState({ state: 'draft', held: false })[1]).toBe('Draft, not approved');
  });

  it('tell why a payout waits', () => {
    expect(payoutStatus({ status: 'created' })[1]).toBe('Waiting');
    expect(payoutStatus({ status: 'created', blockedReason: 'payee_incomplete' })[1]).toBe('Waiting for bank details');
    expect(payoutStatus({ status: 'unknown' })).toEqual(['bad', 'No answer yet']);
  });
});

describe('what can be done about a payout', () => {
  it('is asking a provider, never a bank by its file', () => {
    expect(canAskRail({ rail: 'stripe', status: 'unknown' })).toBe(true);
    expect(canAskRail({ rail: 'bank_file', status: 'submitted' })).toBe(false);
    expect(canAskRail({ status: 'created' })).toBe(false);
    expect(canAskRail({ rail: 'paypal', status: 'settled' })).toBe(false);
  });

  it('is saying what became of one that was handed over', () => {
    expect(canResolve({ status: 'submitted' })).toBe(true);
    expect(canResolve({ status: 'created' })).toBe(false);
    expect(canResolve({ status: 'failed' })).toBe(false);
  });
});
