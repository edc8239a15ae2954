import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paidWithoutTax, takenBack } from '#shared/domain/money/paid-share';

const minor = fc.bigInt({ min: 1n, max: 10_000_000_000n });

describe('what goes back of a base', () => {
  it('adds up to exactly the base when all was taken, in whatever steps', () => {
    fc.assert(
      fc.property(
        minor,
        minor,
        fc.array(fc.bigInt({ min: 0n, max: 10_000_000_000n }), { maxLength: 8 }),
        (base, paid, cuts) => {
          const states = [...cuts.map((cut) => cut % paid), paid].sort((a, b) => (a < b ? -1 : 1));
          const steps = states.map(
            (taken, at) => takenBack(base, taken, paid) - takenBack(base, states[at - 1] ?? 0n, paid),
          );
          expect(steps.every((step) => step >= 0n)).toBe(true);
          expect(steps.reduce((sum, step) => sum + step, 0n)).toBe(base);
        },
      ),
    );
  });

  it('never exceeds the base, nor takes from nothing', () => {
    expect(takenBack(100n, 500n, 120n)).toBe(100n);
    expect(takenBack(100n, 0n, 120n)).toBe(0n);
    expect(() => takenBack(100n, 1n, 0n)).toThrow(RangeError);
  });
});

describe('what was paid without tax', () => {
  it('lies between nothing and the whole, and grows with what was paid', () => {
    fc.assert(
      fc.property(minor, minor, minor, minor, (withTax, some, paid, more) => {
        const withoutTax = some % (withTax + 1n);
        const less = paidWithoutTax({ withTax, withoutTax, paid });
        const greater = paidWithoutTax({ withTax, withoutTax, paid: paid + more });
        expect(less.numerator >= 0n && less.numerator <= withoutTax * less.denominator).toBe(true);
        expect(greater.numerator * less.denominator >= less.numerator * greater.denominator).toBe(true);
      }),
    );
  });
});
