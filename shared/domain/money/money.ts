/** Amounts are integers of minor units (cents, yen); a currency is an ISO 4217 alphabetic code. */
export type Currency = string;

export type Money = { readonly minor: bigint; readonly currency: Currency };

/** Basis points in the whole: a rate of 10000 is 100 %. */
export const BASIS_POINTS = 10_000n;

/**
 * Divides and rounds half to even (IEEE 754 roundTiesToEven), for negative numerators too.
 * Source: design.md, Commission semantics 5.
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('denominator must be above zero');
  let quotient = numerator / denominator;
  let remainder = numerator % denominator;
  if (remainder < 0n) {
    quotient -= 1n;
    remainder += denominator;
  }
  const twice = remainder * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** `base` x `rateBps` / 10000, half to even. */
export function shareOf(base: bigint, rateBps: number): bigint {
  return divideHalfEven(base * BigInt(rateBps), BASIS_POINTS);
}

const LARGEST_MINOR = BigInt(Number.MAX_SAFE_INTEGER);

/** Whether an amount is exact as a JSON number: at most 2^53 - 1 either way (RFC 8259, 6). */
export function isSafeMinor(minor: bigint): boolean {
  return minor <= LARGEST_MINOR && minor >= -LARGEST_MINOR;
}
