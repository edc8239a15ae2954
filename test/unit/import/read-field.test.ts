import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flag, instant, integer, minorUnits, percent } from '#infra/import/read-field';
import { toDecimal } from '#shared/domain/money/minor-units';

const london = { timeZone: 'Europe/London' };

describe('an amount in a file', () => {
  it('comes back as the minor units that it was written from, in every currency', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: Number.MAX_SAFE_INTEGER }),
        fc.constantFrom('GBP', 'JPY', 'KWD', 'CLF'),
        (minor, currency) => {
          expect(minorUnits(toDecimal(BigInt(minor), currency), currency)).toBe(minor);
        },
      ),
    );
  });

  it.each([
    ['7', 'GBP', 700],
    ['7.5', 'GBP', 750],
    ['7.500', 'GBP', 750],
    ['7.00', 'JPY', 7],
    ['0', 'EUR', 0],
  ])('is read without floating point: %s %s', (text, currency, minor) => {
    expect(minorUnits(text, currency)).toBe(minor);
  });

  it.each([
    ['1,000.00', 'EUR', 'without thousands separators'],
    ['7,50', 'EUR', 'with a point'],
    ['1e3', 'EUR', 'such as 139.12'],
    ['-5', 'EUR', 'is a refund, in a file of its own'],
    ['1.001', 'EUR', 'at most 2 decimals in EUR'],
    ['1.5', 'JPY', 'at most 0 decimals in JPY'],
    ['999999999999999', 'EUR', 'is too large'],
    ['', 'EUR', 'such as 139.12'],
  ])('is refused with its rule: %s %s', (text, currency, rule) => {
    expect(() => minorUnits(text, currency)).toThrow(rule);
  });
});

describe('a time in a file', () => {
  it.each([
    ['2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
    ['2026-07-01T12:00:00.5+02:00', '2026-07-01T10:00:00.500Z'],
    ['2026-07-01 12:00', '2026-07-01T11:00:00Z'],
    ['2026-01-01 12:00:30', '2026-01-01T12:00:30Z'],
    ['2026-07-01', '2026-06-30T23:00:00Z'],
    // Skipped by the clock change: read as Temporal's `compatible`.
    ['2026-03-29 01:30', '2026-03-29T01:30:00Z'],
  ])('is read on the wall clock when it has no offset: %s', (text, expected) => {
    expect(instant(text, london)).toBe(expected);
  });

  it.each(['01/02/2026', '2026-02-30', '2026-13-01T00:00:00Z', 'yesterday', '2026-01-01T25:00'])(
    'is refused: %s',
    (text) => {
      expect(() => instant(text, london)).toThrow(/must be a time|that exists/);
    },
  );
});

it('reads per cent as basis points, and tells its rule in per cent', () => {
  expect(['10', '12.5', '100', '0.01', '7 %'].map((text) => percent(text, london))).toEqual([
    1_000, 1_250, 10_000, 1, 700,
  ]);
  for (const text of ['0', '100.01', '120']) expect(() => percent(text, london)).toThrow('above 0 and at most 100');
  for (const text of ['ten', '-1', '1.234']) expect(() => percent(text, london)).toThrow('per cent such as');
});

it('reads whole numbers and flags, and nothing like them', () => {
  expect([integer('-3', london), flag('Yes', london), flag('0', london)]).toEqual([-3, true, false]);
  for (const text of ['1.0', '1 000', '12345678901234567', 'x'])
    expect(() => integer(text, london)).toThrow('whole number');
  expect(() => flag('maybe', london)).toThrow('true or false');
});
