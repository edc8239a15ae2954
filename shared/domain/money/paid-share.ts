import { divideHalfEven } from './money.ts';

/**
 * What is left of an amount without tax when only part of it was paid in money: `withoutTax` x `paid` / `withTax`, half to
 * even. More than the whole counts as the whole. Minor units of one currency; 0 where nothing was charged or paid.
 */
export function paidWithoutTax(amount: {
  readonly withTax: bigint;
  readonly withoutTax: bigint;
  readonly paid: bigint;
}): bigint {
  const { withTax, withoutTax, paid } = amount;
  if (withTax <= 0n || withoutTax <= 0n || paid <= 0n) return 0n;
  return paid >= withTax ? withoutTax : divideHalfEven(withoutTax * paid, withTax);
}

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
