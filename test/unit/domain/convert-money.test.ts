import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertMinor, isRate } from '#shared/domain/money/convert-money';

describe('converting money', () => {
  it.each([
    // 10 000 yen at 0.0061 are 61.00 euro.
    [10_000n, 'JPY', '0.0061', 'EUR', 6_100n],
    // 61.00 euro at 163.93 are 9 999.73 yen, which have no decimals.
    [6_100n, 'EUR', '163.93', 'JPY', 10_000n],
    [10_00n, 'EUR', '1.0837', 'USD', 10_84n],
    // 5.5 cents: half to even, down from 4.5 and up from 5.5.
    [9n, 'EUR', '0.5', 'USD', 4n],
    [11n, 'EUR', '0.5', 'USD', 6n],
    // A dinar has a thousand fils, a unidad de fomento four decimals.
    [1_000n, 'KWD', '3.25', 'USD', 3_25n],
    [3_25n, 'USD', '0.3077', 'KWD', 1_000n],
    [10_000n, 'CLF', '39000', 'CLP', 39_000n],
    [1n, 'EUR', '1', 'USD', 1n],
    [0n, 'JPY', '0.0061', 'EUR', 0n],
    [9_007_199_254_740_991n, 'EUR', '999999999999.999999999999', 'USD', 9_007_199_254_740_990_999_999_990_993n],
  ])('%s minor units of %s at %s are %s %s', (minor, currency, rate, to, expected) => {
    expect(convertMinor({ minor, currency }, rate, to)).toBe(expected);
  });

  it('is never more than half a minor unit off, and even when it is exactly that', () => {
    const currency = fc.constantFrom('JPY', 'EUR', 'KWD', 'CLF');
    const decimals: Record<string, bigint> = { JPY: 1n, EUR: 100n, KWD: 1_000n, CLF: 10_000n };
    const digits = fc.tuple(fc.bigInt(0n, 10n ** 8n), fc.integer({ min: 0, max: 6 }), fc.bigInt(1n, 999_999n));
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), currency, currency, digits, (minor, from, to, [whole, places, part]) => {
        const fraction = (part % 10n ** BigInt(places)).toString().padStart(places, '0');
        const rate = places === 0 ? `${whole + 1n}` : `${whole}.${fraction}`;
        fc.pre(isRate(rate));
        const scale = 10n ** BigInt(places === 0 ? 0 : places);
        const exact = minor * BigInt(rate.replace('.', '')) * decimals[to]!;
        const unit = scale * decimals[from]!;
        const result = convertMinor({ minor, currency: from }, rate, to);
        const off = 2n * (result * unit - exact);
        expect(off <= unit && off >= -unit).toBe(true);
        if (off === unit || off === -unit) expect(result % 2n).toBe(0n);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['1', '0.1', '10', '0.000000000001', '999999999999.999999999999', '1.10'])('takes the rate %s', (rate) => {
    expect(isRate(rate)).toBe(true);
  });

  it.each([
    '',
    '0',
    '0.0',
    '00.1',
    '01',
    '.5',
    '1.',
    '-1',
    '+1',
    '1e3',
    '1,5',
    ' 1',
    '1 ',
    'x',
    '1.1.1',
    '0.0000000000001',
    '1000000000000',
    '1x',
    'x1',
    '1.1x',
  ])('refuses the rate "%s"', (rate) => {
    expect(isRate(rate)).toBe(false);
    expect(() => convertMinor({ minor: 1n, currency: 'EUR' }, rate, 'USD')).toThrow(`${rate} is not a rate`);
  });
});
