import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSales,
  type CountedSale,
  changeBps,
  makeSalesTally,
  revenueOf,
  shareBps,
} from '#shared/domain/partner/health/sales-tally';
import { instant } from '#test/support/builders/partners';

const MAY = { id: '2026-05', from: instant('2026-04-30T23:00:00Z'), to: instant('2026-05-31T23:00:00Z') };
const JUNE = { id: '2026-06', from: MAY.to, to: instant('2026-06-30T23:00:00Z') };

const aSale = (over: Partial<CountedSale> = {}): CountedSale => ({
  occurredAt: instant('2026-06-10T12:00:00Z'),
  currency: 'GBP',
  amountMinor: 10_00n,
  refundedMinor: 0n,
  isHeld: false,
  counts: true,
  isFurtherPart: false,
  ...over,
});

describe('adding sales up', () => {
  it('counts a sale in the span that holds it, by currency, from the first instant to the last exclusive', () => {
    const tally = makeSalesTally([MAY, JUNE]);
    tally.add(aSale({ occurredAt: JUNE.from }));
    tally.add(aSale({ occurredAt: JUNE.to }));
    tally.add(aSale({ currency: 'EUR', refundedMinor: 4_00n }));
    expect(tally.of('2026-05')).toEqual([]);
    expect(tally.of('2026-06')).toMatchObject([
      { currency: 'EUR', conversions: 1, amountMinor: 10_00n, refundedMinor: 4_00n, refundedConversions: 1 },
      { currency: 'GBP', conversions: 1, amountMinor: 10_00n, refundedMinor: 0n, refundedConversions: 0 },
    ]);
    expect(tally.lastSaleAt()).toBe(JUNE.to);
  });

  it('keeps what does not count for its partner apart, and of that what is held', () => {
    const tally = makeSalesTally([JUNE]);
    tally.add(aSale({ counts: false, isHeld: true }));
    tally.add(aSale({ counts: false, refundedMinor: 1_00n }));
    expect(tally.of('2026-06')).toMatchObject([
      { conversions: 0, amountMinor: 0n, heldConversions: 1, heldMinor: 10_00n, otherMinor: 19_00n },
    ]);
    expect(tally.lastSaleAt()).toBeUndefined();
  });

  it('comes to the same whole however sales are shared out, to the minor unit', () => {
    const sale = fc
      .record({
        currency: fc.constantFrom('GBP', 'EUR'),
        amountMinor: fc.bigInt({ min: 0n, max: 10n ** 15n }),
        part: fc.bigInt({ min: 0n, max: 10_000n }),
        counts: fc.boolean(),
        isHeld: fc.boolean(),
        isFurtherPart: fc.boolean(),
      })
      .map(({ part, ...rest }) => aSale({ ...rest, refundedMinor: (rest.amountMinor * part) / 10_000n }));
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), (sales, parts) => {
        const whole = makeSalesTally([JUNE]);
        const shared = Array.from({ length: parts }, () => makeSalesTally([JUNE]));
        for (const [index, one] of sales.entries()) {
          whole.add(one);
          shared[index % parts]?.add(one);
        }
        expect(addSales(...shared.map((tally) => tally.of('2026-06')))).toEqual(whole.of('2026-06'));
        const left = sales.reduce((sum, one) => sum + one.amountMinor - one.refundedMinor, 0n);
        const counted = whole.of('2026-06').reduce((sum, sums) => sum + revenueOf(sums) + sums.otherMinor, 0n);
        expect(counted).toBe(left);
      }),
    );
  });

  it('tells parts and changes in basis points towards zero, and nothing of nothing', () => {
    expect([shareBps(1n, 3n), shareBps(0n, 5n), shareBps(1n, 0n)]).toEqual([3_333, 0, undefined]);
    expect([changeBps(2n, 3n), changeBps(3n, 2n), changeBps(1n, 0n)]).toEqual([-3_333, 5_000, undefined]);
  });
});
