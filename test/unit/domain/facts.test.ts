import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import {
  compareFirstPurchases,
  countingSuppliedDate,
  firstPurchase,
  isLate,
  periodOfConversion,
  periodOfRefundOrAdjustment,
  refundRefusal,
} from '#shared/domain/facts/facts';
import { instant, period } from '#test/support/histories';

const utc = timeZoneOf('UTC');
const losAngeles = timeZoneOf('America/Los_Angeles');

describe('the period of a fact', () => {
  it("is the month of the sale plus the hold, in the programme's time zone", () => {
    const lastSecondOfJanuary = instant('2026-02-01T07:59:59Z');
    expect(periodOfConversion(lastSecondOfJanuary, 0, undefined, losAngeles)).toBe('2026-01');
    expect(periodOfConversion(lastSecondOfJanuary, 1, undefined, losAngeles)).toBe('2026-02');
    expect(periodOfConversion(lastSecondOfJanuary, 0, undefined, utc)).toBe('2026-02');
  });

  it('knows no hold for refunds and adjustments', () => {
    expect(periodOfRefundOrAdjustment(instant('2026-01-31T23:59:59Z'), undefined, utc)).toBe('2026-01');
  });

  it('is the first open one when its own is closed', () => {
    const inJanuary = instant('2026-01-15T00:00:00Z');
    expect(periodOfConversion(inJanuary, 0, period('2025-12'), utc)).toBe('2026-01');
    expect(periodOfConversion(inJanuary, 0, period('2026-01'), utc)).toBe('2026-02');
    expect(periodOfRefundOrAdjustment(inJanuary, period('2026-03'), utc)).toBe('2026-04');
  });
});

describe('a refund', () => {
  it('is late only in a later period than its conversion', () => {
    expect(isLate(period('2026-01'), period('2026-02'))).toBe(false);
    expect(isLate(period('2026-02'), period('2026-02'))).toBe(false);
    expect(isLate(period('2026-03'), period('2026-02'))).toBe(true);
  });

  it('is taken up to what is left of the sale and refused whole above it', () => {
    expect(refundRefusal(100n, 60n, 40n)).toBeUndefined();
    expect(refundRefusal(100n, 60n, 41n)).toBe('above_the_sale');
    expect(refundRefusal(100n, 0n, 0n)).toBe('not_above_zero');
    expect(refundRefusal(100n, 0n, -1n)).toBe('not_above_zero');
  });
});

describe("a customer's first purchase", () => {
  const sale = { period: period('2026-02'), occurredAt: instant('2026-02-05T00:00:00Z'), conversionId: 'c2' };

  it('lies in the earliest period, of these at the earliest time, of these it has the lowest id', () => {
    const earlierTimeInLaterPeriod = {
      period: period('2026-03'),
      occurredAt: instant('2026-01-01T00:00:00Z'),
      conversionId: 'c1',
    };
    expect(compareFirstPurchases(sale, earlierTimeInLaterPeriod)).toBe(-1);
    expect(compareFirstPurchases(sale, { ...sale, occurredAt: instant('2026-02-04T00:00:00Z') })).toBe(1);
    // Code-unit order: c10 before c2.
    expect(compareFirstPurchases(sale, { ...sale, conversionId: 'c10' })).toBe(1);
    expect(compareFirstPurchases(sale, sale)).toBe(0);
  });

  it('gives way to a supplied date that is strictly earlier', () => {
    expect(firstPurchase(sale, undefined)).toEqual({ at: sale.occurredAt, conversionId: 'c2' });
    expect(firstPurchase(sale, sale.occurredAt)).toEqual({ at: sale.occurredAt, conversionId: 'c2' });
    expect(firstPurchase(sale, instant('2026-02-06T00:00:00Z'))).toEqual({ at: sale.occurredAt, conversionId: 'c2' });
    const supplied = instant('2026-02-04T23:59:59.999Z');
    expect(firstPurchase(sale, supplied)).toEqual({ at: supplied });
  });

  it('takes the earliest supplied date until its period is closed, and ignores one recorded later', () => {
    const current = instant('2025-05-01T00:00:00Z');
    const earlier = instant('2025-04-01T00:00:00Z');
    const later = instant('2025-06-01T00:00:00Z');
    const open = { firstPurchasePeriod: period('2026-02'), closedThrough: period('2026-01') };
    const closed = { firstPurchasePeriod: period('2026-02'), closedThrough: period('2026-02') };
    expect(countingSuppliedDate({ current, offered: earlier, ...open })).toBe(earlier);
    expect(countingSuppliedDate({ current, offered: later, ...open })).toBe(current);
    expect(countingSuppliedDate({ current, offered: undefined, ...open })).toBe(current);
    expect(countingSuppliedDate({ current: undefined, offered: later, ...open })).toBe(later);
    expect(countingSuppliedDate({ current, offered: earlier, ...closed })).toBe(current);
    expect(countingSuppliedDate({ current: undefined, offered: earlier, ...closed })).toBeUndefined();
    const noSaleYet = { firstPurchasePeriod: undefined, closedThrough: period('2026-02') };
    expect(countingSuppliedDate({ current, offered: earlier, ...noSaleYet })).toBe(earlier);
  });
});
