import { describe, expect, it } from 'vitest';
import { reattributionRefusal, restamp, staysReadable } from '#shared/domain/facts/reattribution';
import { period } from '#test/support/histories';

const [january, february, march] = ['2026-01', '2026-02', '2026-03'].map(period) as [never, never, never];

describe('whether a sale may go to another partner', () => {
  const sale = { partnerId: 'p1', period: february };
  const to = (partnerId: string, isSelfReferral = false) => ({ partnerId, isSelfReferral });

  it('is so while its month is open', () => {
    expect(reattributionRefusal(sale, to('p2'), january)).toBeUndefined();
    expect(reattributionRefusal(sale, to('p2'), february)).toBe('month_closed');
    expect(reattributionRefusal(sale, to('p2'), march)).toBe('month_closed');
  });

  it('is so in a closed one when nobody was paid: unattributed, or earning nothing', () => {
    expect(reattributionRefusal({ ...sale, partnerId: undefined }, to('p2'), march)).toBeUndefined();
    expect(reattributionRefusal({ ...sale, earnsNothing: 'self_referral' }, to('p2'), march)).toBeUndefined();
  });

  it('is never so for the partner that has it, nor for its buyer', () => {
    expect(reattributionRefusal(sale, to('p1'), january)).toBe('same_partner');
    expect(reattributionRefusal(sale, to('p2', true), january)).toBe('self_referral');
    expect(reattributionRefusal({ ...sale, partnerId: undefined }, to('p2', true), march)).toBe('self_referral');
  });
});

describe('the stamps of a sale that goes to another partner', () => {
  const refund = (amountMinor: bigint, own: never, late: boolean) => ({
    amountMinor,
    period: own,
    late,
    refundId: 'r',
  });

  it('stay while its month is open', () => {
    const refunds = [refund(5n, february, false), refund(7n, march, true)];
    expect(restamp({ period: february }, refunds, january)).toEqual({
      period: february,
      firstPurchasePeriod: february,
      nettedMinor: 5n,
      refunds,
    });
  });

  it('go to the first open month, where what came late may be in time', () => {
    const refunds = [refund(5n, january, false), refund(7n, february, true), refund(9n, '2026-04' as never, true)];
    expect(restamp({ period: january }, refunds, february)).toEqual({
      period: march,
      firstPurchasePeriod: january,
      nettedMinor: 12n,
      refunds: [refund(5n, march, false), refund(7n, march, false), refund(9n, '2026-04' as never, true)],
    });
  });

  it('keep the month that it was recorded in, also when it moves again', () => {
    expect(restamp({ period: march, firstPurchasePeriod: january }, [], january)).toMatchObject({
      period: march,
      firstPurchasePeriod: january,
    });
  });
});

it('leaves a copy of what a closed month of a partner has read', () => {
  expect(staysReadable({ partnerId: 'p1', period: february }, february)).toBe(true);
  expect(staysReadable({ partnerId: 'p1', period: march }, february)).toBe(false);
  expect(staysReadable({ partnerId: undefined, period: january }, february)).toBe(false);
});
