import { divideHalfEven } from './money.ts';

/**
 * What is left of an amount without tax when only part of it was paid in money: `withoutTax` x `paid` / `withTax`, as a
 * fraction, so that it is rounded once, in whatever units it is kept. More than the whole counts as the whole. Minor units of
 * one currency; 0 where nothing was charged or paid.
 */
export function paidWithoutTax(amount: {
  readonly withTax: bigint;
  readonly withoutTax: bigint;
  readonly paid: bigint;
}): Fraction {
  const { withTax, withoutTax, paid } = amount;
  if (withTax <= 0n || withoutTax <= 0n || paid <= 0n) return { numerator: 0n, denominator: 1n };
  if (paid >= withTax) return { numerator: withoutTax, denominator: 1n };
  return { numerator: withoutTax * paid, denominator: withTax };
}

/** An amount before it is rounded; the denominator is above zero. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * How much of a base is taken back once `taken` of the `paid` went back, all in all: base x taken / paid, half to even, and
 * exactly the base when everything did. Differences between two states of `taken` add up without a remainder.
 * @throws RangeError unless something was paid
 */
export function takenBack(baseMinor: bigint, taken: bigint, paid: bigint): bigint {
  if (paid <= 0n) throw new RangeError('nothing was paid');
  if (taken <= 0n) return 0n;
  return taken >= paid ? baseMinor : divideHalfEven(baseMinor * taken, paid);
}
