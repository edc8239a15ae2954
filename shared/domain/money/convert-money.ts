import type { Instant } from '../time/instant.ts';
import { decimalsOf } from './minor-units.ts';
import { type Currency, divideHalfEven, type Money } from './money.ts';

/** The money that a sale was made in, where it is stated in another currency, and the rate that it was converted at. */
export type ConvertedFrom = Money & {
  /** Main units of the sale's currency for one main unit of `currency`: a decimal, see `isRate`. */
  readonly rate: string;
  /** Who stated the rate. */
  readonly source: string;
  /** When the rate was taken. */
  readonly at: Instant;
};

/** More digits than any published rate has, and few enough to be read. */
const RATE = /^(0|[1-9]\d{0,11})(?:\.(\d{1,12}))?$/;

/** Whether a text is a rate: a decimal above zero without sign or exponent, at most 12 digits on either side. */
export function isRate(text: string): boolean {
  return RATE.test(text) && /[1-9]/.test(text);
}

/**
 * Minor units of `to` for money at a rate, rounded half to even once: `minor x rate x 10^(decimals of to - decimals of
 * from)`. All in integers: 10 000 yen at 0.0061 are 61.00 euro, 6 100 minor units.
 * @throws RangeError for a text that is no rate
 */
export function convertMinor({ minor, currency }: Money, rate: string, to: Currency): bigint {
  if (!isRate(rate)) throw new RangeError(`${rate} is not a rate`);
  const [whole = '', fraction = ''] = rate.split('.');
  const numerator = minor * BigInt(whole + fraction) * 10n ** BigInt(decimalsOf(to));
  return divideHalfEven(numerator, 10n ** BigInt(fraction.length + decimalsOf(currency)));
}
