import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideHalfEven, isSafeMinor, shareOf } from '#shared/domain/money/money';

const anyNumerator = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const anyDenominator = fc.bigInt({ min: 1n, max: 10n ** 12n });
const abs = (value: bigint): bigint => (value < 0n ? -value : value);

describe('half-even division', () => {
  it.each([
    [125n, 10n, 12n],
    [135n, 10n, 14n],
    [-125n, 10n, -12n],
    [-135n, 10n, -14n],
    [126n, 10n, 13n],
    [-126n, 10n, -13n],
    [-124n, 10n, -12n],
    [0n, 7n, 0n],
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [-1n, 2n, 0n],
    [5n, 3n, 2n],
  ])('rounds %s / %s to %s', (numerator, denominator, expected) => {
    expect(divideHalfEven(numerator, denominator)).toBe(expected);
  });

  it('answers a nearest whole number, the even one of two', () => {
    fc.assert(
      fc.property(anyNumerator, anyDenominator, (numerator, denominator) => {
        const quotient = divideHalfEven(numerator, denominator);
        const twiceOff = abs(2n * (quotient * denominator - numerator));
        expect(twiceOff < denominator || (twiceOff === denominator && quotient % 2n === 0n)).toBe(true);
      }),
    );
  });

  it('is symmetric: what is taken back rounds as what was given', () => {
    fc.assert(
      fc.property(anyNumerator, anyDenominator, (numerator, denominator) => {
        expect(divideHalfEven(-numerator, denominator)).toBe(-divideHalfEven(numerator, denominator));
      }),
    );
  });

  it('refuses a denominator that is not above zero', () => {
    expect(() => divideHalfEven(1n, 0n)).toThrow('above zero');
    expect(() => divideHalfEven(1n, -1n)).toThrow('above zero');
  });

  it('knows which amounts are exact as a JSON number, either way', () => {
    const largest = 9_007_199_254_740_991n;
    for (const minor of [0n, 1n, -1n, largest, -largest]) expect(isSafeMinor(minor)).toBe(true);
    for (const minor of [largest + 1n, -largest - 1n]) expect(isSafeMinor(minor)).toBe(false);
  });

  it('takes a share in basis points', () => {
    expect(shareOf(90_071_992_547_409_91n, 10_000)).toBe(90_071_992_547_409_91n);
    expect(shareOf(4n, 1_000)).toBe(0n);
    expect(shareOf(15n, 1_000)).toBe(2n);
  });
});
