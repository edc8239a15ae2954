import { describe, expect, it } from 'vitest';
import { payeeProblem } from '#shared/domain/ledger/payee-problem';
import type { PayoutRail } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import { instant } from '#test/support/builders/partners';

const EUR = 'EUR' as Currency;
const USD = 'USD' as Currency;
const from = instant('2026-03-03T00:00:00Z');
const now = instant('2026-03-03T00:00:00Z');
const earlier = instant('2026-03-02T23:59:59.999Z');

describe('what is in the way of a payout, by its payee', () => {
  it('is that there is none', () => {
    expect(payeeProblem(undefined, now, EUR)).toBe('payee_incomplete');
  });

  it('is the cool-down of a change until its end, and not from then on', () => {
    const payee = { rail: 'bank_file', usableFrom: from } as const;
    expect(payeeProblem(payee, earlier, EUR)).toBe('payee_cooling_down');
    expect(payeeProblem(payee, now, EUR)).toBeUndefined();
  });

  it('is a currency that the rail does not pay', () => {
    const of = (rail: PayoutRail, currency: Currency) => payeeProblem({ rail }, now, currency);
    expect([of('nacha', USD), of('nacha', EUR)]).toEqual([undefined, 'currency_unsupported']);
    expect([of('paypal', EUR), of('paypal', 'RUB' as Currency)]).toEqual([undefined, 'currency_unsupported']);
    expect([of('bank_file', EUR), of('stripe', USD), of('sandbox', EUR)]).toEqual([undefined, undefined, undefined]);
  });
});
