import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { periodLines } from '#shared/domain/pay/period-lines';
import type { Component } from '#shared/domain/plan/plan';
import type { StatementContext } from '#shared/domain/statement/statement-context';
import { toEpochMs } from '#shared/domain/time/instant';
import { instant, period } from '#test/support/histories';

const RETAINER: Component = { kind: 'fixed_fee', id: 'retainer', amountMinor: 3_100n };
const WHOLE: Component = { kind: 'fixed_fee', id: 'whole', amountMinor: 3_100n, prorate: false };
const FLOOR: Component = { kind: 'minimum_commitment', id: 'floor', amountMinor: 9_000n };

const contextWith = (
  component: Component,
  accruedAt: string | undefined,
  from = '2025-01-01T00:00:00Z',
): StatementContext => ({
  partnerId: 'acme',
  period: period('2026-01'),
  currency: 'EUR',
  programCurrency: 'EUR',
  zone: timeZoneOf('Europe/Berlin'),
  minimumPayoutMinor: 0n,
  terms: {
    partnerId: 'acme',
    agreements: [{ from: instant(from), planVersion: 1, sequence: 0 }],
    tiers: [],
  },
  plans: new Map([[1, { version: 1, components: [component] }]]),
  openingBalanceMinor: 0n,
  ...(accruedAt === undefined ? {} : { accruedAt: instant(accruedAt) }),
});
const minorsOf = (...given: Parameters<typeof contextWith>) =>
  periodLines(contextWith(...given), 0n).map(({ amountMinor }) => amountMinor);

describe('what a month has earned so far', () => {
  it('counts a day once it is over, on the wall clock', () => {
    expect(minorsOf(RETAINER, '2026-01-01T22:59:59Z')).toEqual([]);
    expect(minorsOf(RETAINER, '2026-01-01T23:00:00Z')).toEqual([100n]);
    expect(minorsOf(RETAINER, '2026-01-31T22:59:59Z')).toEqual([3_000n]);
    expect(minorsOf(RETAINER, '2026-01-31T23:00:00Z')).toEqual([3_100n]);
    expect(minorsOf(RETAINER, '2025-12-01T00:00:00Z')).toEqual([]);
  });

  it('counts only days since the first agreement, and every day of a fee that is not prorated', () => {
    const from = '2026-01-10T23:00:00Z';
    expect(minorsOf(RETAINER, '2026-01-20T23:00:00Z', from)).toEqual([1_000n]);
    expect(minorsOf(WHOLE, '2026-01-20T23:00:00Z', from)).toEqual([2_000n]);
    expect(minorsOf(WHOLE, '2026-01-31T23:00:00Z', from)).toEqual([3_100n]);
    const [line] = periodLines(contextWith(WHOLE, '2026-01-20T23:00:00Z'), 0n);
    expect(line?.calculation).toBe('3100 x 20 / 31 days, half to even');
    const [whole] = periodLines(contextWith(WHOLE, undefined), 0n);
    expect(whole?.calculation).toBe('a whole month, not prorated');
  });

  it('has no guarantee until the month is over', () => {
    expect(minorsOf(FLOOR, '2026-01-31T22:59:59.999Z')).toEqual([]);
    expect(minorsOf(FLOOR, '2026-01-31T23:00:00Z')).toEqual([9_000n]);
    expect(minorsOf(FLOOR, undefined)).toEqual([9_000n]);
  });

  it('only ever grows, up to what the statement will say', () => {
    const start = toEpochMs(instant('2025-12-25T00:00:00Z'));
    const within = fc
      .integer({ min: 0, max: 45 * 86_400 })
      .map((seconds) => new Date(start + seconds * 1_000).toISOString());
    const sum = (component: Component, at?: string): bigint =>
      minorsOf(component, at).reduce((total, one) => total + one, 0n);
    fc.assert(
      fc.property(fc.constantFrom(RETAINER, WHOLE, FLOOR), within, within, (component, one, other) => {
        const [first, last] = [one, other].sort() as [string, string];
        expect(sum(component, first) <= sum(component, last)).toBe(true);
        expect(sum(component, last) <= sum(component)).toBe(true);
      }),
    );
  });
});
