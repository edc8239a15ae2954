import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CustomerHistory, firstPurchaseOf, improveHistory } from '#shared/domain/facts/first-purchase';
import type { Period } from '#shared/domain/time/instant';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/referrals';

const DECEMBER = '2025-12' as Period;
const aSale = (
  overrides: Partial<Parameters<typeof improveHistory>[1]> = {},
): Parameters<typeof improveHistory>[1] => ({
  period: JANUARY,
  occurredAt: instant('2026-01-15T12:00:00Z'),
  conversionId: 'b',
  amountMinor: 1n,
  ...overrides,
});
const first = (sale: ReturnType<typeof aSale>): CustomerHistory => improveHistory({}, sale, DECEMBER);

describe("a customer's first purchase", () => {
  it('is the first sale above zero', () => {
    expect(first(aSale({ amountMinor: 0n }))).toEqual({});
    expect(first(aSale()).first?.conversionId).toBe('b');
  });

  it('moves to an earlier period, time or id, and never to a later one', () => {
    const known = first(aSale());
    const improves = (overrides: Parameters<typeof aSale>[0]): boolean =>
      improveHistory(known, aSale(overrides), DECEMBER).first !== undefined;
    expect(improves({ conversionId: 'a' })).toBe(true);
    expect(improves({ conversionId: 'c' })).toBe(false);
    expect(improves({ occurredAt: instant('2026-01-15T11:59:59.999Z'), conversionId: 'z' })).toBe(true);
    // Recorded late, so in a later period, although it happened before.
    expect(improves({ period: FEBRUARY, occurredAt: instant('2026-01-01T00:00:00Z') })).toBe(false);
  });

  it('gives way to a strictly earlier date that the merchant supplied', () => {
    const supplied = (text: string) => firstPurchaseOf(first(aSale({ suppliedAt: instant(text) })));
    expect(supplied('2026-01-15T11:59:59.999Z')).toEqual({ at: instant('2026-01-15T11:59:59.999Z') });
    expect(supplied('2026-01-15T12:00:00Z')).toEqual({ at: instant('2026-01-15T12:00:00Z'), conversionId: 'b' });
  });

  it('takes the earliest supplied date until its period is closed, and none after', () => {
    const known = first(aSale({ suppliedAt: instant('2025-06-01T00:00:00Z') }));
    const offer = (text: string, closedThrough: Period) =>
      improveHistory(known, aSale({ conversionId: 'c', suppliedAt: instant(text) }), closedThrough);
    const earlier = offer('2025-05-01T00:00:00Z', DECEMBER);
    expect(earlier).toMatchObject({ suppliedAt: instant('2025-05-01T00:00:00Z') });
    expect(earlier.suppliedDates?.map(({ at }) => at)).toEqual([
      instant('2025-06-01T00:00:00Z'),
      instant('2025-05-01T00:00:00Z'),
    ]);
    expect(offer('2025-07-01T00:00:00Z', DECEMBER)).toEqual({});
    expect(offer('2025-05-01T00:00:00Z', JANUARY)).toEqual({});
  });

  it('lists no more dates than a record may have, and lets the earliest count all the same', () => {
    let known: CustomerHistory = {};
    for (let day = 30; day > 0; day -= 1) {
      const suppliedAt = instant(`2025-06-${String(day).padStart(2, '0')}T00:00:00Z`);
      known = { ...known, ...improveHistory(known, aSale({ conversionId: `c${day}`, suppliedAt }), DECEMBER) };
    }
    expect(known.suppliedAt).toBe(instant('2025-06-01T00:00:00Z'));
    expect(known.suppliedDates).toHaveLength(20);
  });

  it('stays as it is when the same sale comes again', () => {
    expect(improveHistory(first(aSale()), aSale(), DECEMBER)).toEqual({});
  });

  it('begins with a supplied date while nothing was bought', () => {
    const supplied = first(aSale({ amountMinor: 0n, suppliedAt: instant('2026-01-02T00:00:00Z') }));
    expect(firstPurchaseOf(supplied)).toEqual({ at: instant('2026-01-02T00:00:00Z') });
    expect(firstPurchaseOf({})).toBeUndefined();
  });

  it('is the same whatever the order in which open sales arrive', () => {
    const sale = fc.record({
      conversionId: fc.string({ minLength: 1, maxLength: 3 }),
      period: fc.constantFrom(JANUARY, FEBRUARY),
      occurredAt: fc.constantFrom(...['10', '11', '12'].map((day) => instant(`2026-01-${day}T00:00:00Z`))),
      amountMinor: fc.constantFrom(0n, 1n),
      suppliedAt: fc.constantFrom(undefined, instant('2026-01-11T00:00:00Z'), instant('2025-01-01T00:00:00Z')),
    });
    const fold = (sales: readonly ReturnType<typeof aSale>[]): CustomerHistory => {
      const known: CustomerHistory = {};
      for (const one of sales) Object.assign(known, improveHistory(known, one, DECEMBER));
      // Which dates counted meanwhile is what the order makes; what they come to is not.
      const { suppliedDates: _, ...outcome } = known;
      return outcome;
    };
    fc.assert(
      fc.property(fc.uniqueArray(sale, { selector: (one) => one.conversionId, maxLength: 6 }), (sales) => {
        expect(fold(sales)).toEqual(fold([...sales].reverse()));
      }),
    );
  });
});
