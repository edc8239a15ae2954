import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import {
  ageInMonths,
  becameNegativeIn,
  closedAt,
  isAged,
  mayBeOlder,
  negativeSince,
} from '#shared/domain/ledger/ageing';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/runs';

const zone = timeZoneOf('Europe/London');
const month = (index: number): Period => {
  let period = '2026-01' as Period;
  for (let count = 0; count < index; count += 1) period = nextPeriod(period);
  return period;
};
/** Statements of consecutive months, newest first, by their closing balances; each opens with the one before. */
const statements = (closings: readonly bigint[], first = 0n) =>
  closings
    .map((closingBalanceMinor, index) => ({
      period: month(index),
      openingBalanceMinor: closings[index - 1] ?? first,
      closingBalanceMinor,
    }))
    .reverse();

describe('the age of a debt', () => {
  it('counts from the end of the month in which the balance last became negative', () => {
    expect(becameNegativeIn(statements([-5n, 0n, -5n, -9n, -1n]))).toBe('2026-03');
    expect(becameNegativeIn(statements([-5n, 3n]))).toBeUndefined();
    expect(becameNegativeIn(statements([-5n, -4n], -1n))).toBe('2026-01');
    expect(becameNegativeIn([])).toBeUndefined();
    expect(negativeSince('2026-03' as Period, zone)).toBe('2026-03-31T23:00:00.000Z');
  });

  it('may be older than a statement that opened and closed below zero, and no other', () => {
    const older = (openingBalanceMinor: bigint, closingBalanceMinor: bigint): boolean =>
      mayBeOlder({ period: month(0), openingBalanceMinor, closingBalanceMinor });
    expect([older(-1n, -1n), older(0n, -1n), older(-1n, 0n), older(-1n, 1n)]).toEqual([true, false, false, false]);
  });

  it('is none while payouts that were not sent cover it, and begins where they alone did', () => {
    const [march, february, january] = statements([-5n, -5n, -5n], -5n);
    const covered = { unsentMinor: 5n };
    expect(closedAt({ ...march!, ...covered })).toBe(0n);
    expect(mayBeOlder({ ...march!, ...covered })).toBe(false);
    expect(mayBeOlder({ ...march!, unsentMinor: 4n })).toBe(true);
    expect(becameNegativeIn([march!, { ...february!, ...covered }, january!])).toBe('2026-02');
  });

  it('begins anew when a returned payout had lifted the balance before the statement', () => {
    const [last, first] = statements([-5n, -2n]);
    expect(becameNegativeIn([{ ...last!, openingBalanceMinor: 4n }, first!])).toBe('2026-02');
  });

  it('is above the limit only once more months have passed, to the instant', () => {
    const limit = 3;
    expect(isAged('2026-01' as Period, limit, instant('2026-04-30T23:00:00Z'), zone)).toBe(false);
    expect(isAged('2026-01' as Period, limit, instant('2026-04-30T23:00:00.001Z'), zone)).toBe(true);
    expect(isAged('2026-01' as Period, 0, instant('2026-02-01T00:00:00Z'), zone)).toBe(false);
    expect(ageInMonths('2026-01' as Period, instant('2026-04-30T22:59:59Z'), zone)).toBe(2);
    expect(ageInMonths('2026-01' as Period, instant('2026-04-30T23:00:00Z'), zone)).toBe(3);
    expect(ageInMonths('2026-01' as Period, instant('2026-01-15T00:00:00Z'), zone)).toBe(0);
  });

  it('is the start of the last unbroken row of negative closings, for any balances', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -3n, max: 3n }), { minLength: 1, maxLength: 24 }), (closings) => {
        const last = closings.findLastIndex((closing) => closing >= 0n);
        const expected = last === closings.length - 1 ? undefined : month(last + 1);
        expect(becameNegativeIn(statements(closings))).toBe(expected);
      }),
    );
  });
});
