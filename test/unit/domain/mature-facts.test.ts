import { describe, expect, it } from 'vitest';
import { matureFacts } from '#shared/domain/facts/mature-facts';
import { isEarnedByConversion } from '#shared/domain/pay/earned-lines';
import { aConversion, aHistory, aRefund } from '#test/support/histories';

describe('the facts of one currency', () => {
  const history = aHistory({
    conversions: [aConversion('c1'), aConversion('c2', { currency: 'USD' })],
    refunds: [aRefund('r1', 'c1', 5n), aRefund('r2', 'c2', 6n), aRefund('r3', 'unknown', 7n), aRefund('r4', 'c2', 0n)],
  });

  it('are its conversions with their late refunds, and nothing of another currency', () => {
    const euros = matureFacts(history);
    expect(euros.conversions.map(({ conversionId }) => conversionId)).toEqual(['c1']);
    expect(euros.lateRefunds).toMatchObject([{ refundId: 'r1', lateRefundedBeforeMinor: 0n, paidBaseMinor: 100_00n }]);
    const dollars = matureFacts({ ...history, currency: 'USD' });
    expect(dollars.lateRefunds.map(({ refundId }) => refundId)).toEqual(['r2']);
  });

  it('leave out a refund without its conversion or without an amount', () => {
    const all = ['EUR', 'USD'].flatMap((currency) => matureFacts({ ...history, currency }).lateRefunds);
    expect(all.map(({ refundId }) => refundId)).toEqual(['r1', 'r2']);
  });
});

it('takes for earned by a conversion only a share or a fee that names one', () => {
  expect(isEarnedByConversion({ kind: 'revenue_share', conversionId: 'c1', amountMinor: 1n })).toBe(true);
  expect(isEarnedByConversion({ kind: 'revenue_share', amountMinor: 1n })).toBe(false);
  expect(isEarnedByConversion({ kind: 'clawback', conversionId: 'c1', amountMinor: -1n })).toBe(false);
});
