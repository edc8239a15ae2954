import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOff, unmetConditions } from '#shared/domain/tracking/discount';

describe('what comes off a spend', () => {
  it.each([
    ['a percentage', { kind: 'percent', rateBps: 1_000 }, 20_00n, 2_00n],
    ['a half down to the even unit', { kind: 'percent', rateBps: 500 }, 50n, 2n],
    ['a half up to the even unit', { kind: 'percent', rateBps: 500 }, 70n, 4n],
    ['no more than the cap', { kind: 'percent', rateBps: 5_000, capMinor: 5_00n }, 100_00n, 5_00n],
    ['a fixed amount', { kind: 'fixed', amountMinor: 5_00n }, 20_00n, 5_00n],
    ['no more than the spend', { kind: 'fixed', amountMinor: 5_00n }, 3_99n, 3_99n],
    ['nothing of nothing', { kind: 'percent', rateBps: 10_000 }, 0n, 0n],
  ] as const)('is %s', (_name, discount, spend, off) => {
    expect(amountOff(discount, spend)).toBe(off);
  });

  it('is no amount for a free period', () => {
    expect(amountOff({ kind: 'free_period', length: 3, unit: 'months' }, 10_00n)).toBeUndefined();
  });

  it('lies between nothing and the spend, whatever the discount', () => {
    const aSpend = fc.bigInt({ min: 0n, max: 2n ** 53n - 1n });
    const aDiscount = fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), rateBps: fc.integer({ min: 1, max: 10_000 }) }),
      fc.record({
        kind: fc.constant('percent' as const),
        rateBps: fc.integer({ min: 1, max: 10_000 }),
        capMinor: fc.bigInt({ min: 1n, max: 10n ** 6n }),
      }),
      fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }) }),
    );
    fc.assert(
      fc.property(aSpend, aDiscount, (spend, discount) => {
        const off = amountOff(discount, spend) ?? -1n;
        expect(off >= 0n && off <= spend).toBe(true);
      }),
    );
  });
});

describe('the conditions of a code', () => {
  const terms = { currency: 'EUR', minimumSpendMinor: 20_00n, newCustomersOnly: true };
  it.each([
    ['nothing', { spend: { minor: 20_00n, currency: 'EUR' }, isNew: true }, []],
    ['the spend', { isNew: true }, ['spend_needed']],
    ['the currency', { spend: { minor: 90_00n, currency: 'USD' }, isNew: true }, ['other_currency']],
    ['the minimum', { spend: { minor: 19_99n, currency: 'EUR' }, isNew: true }, ['below_minimum']],
    ['both', { spend: { minor: 1n, currency: 'EUR' }, isNew: false }, ['below_minimum', 'not_a_new_customer']],
  ])('name %s that does not fit', (_name, sent, unmet) => {
    expect(unmetConditions(terms, sent)).toEqual(unmet);
  });

  it('ask for nothing where nothing is agreed', () => {
    expect(unmetConditions({}, { isNew: false })).toEqual([]);
  });
});
