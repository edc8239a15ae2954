import { UNCERTAIN_AT_STRIPE } from '#shared/domain/ledger/rail-limits';
import { decimalsOf } from '#shared/domain/money/minor-units';
import { type Currency, divideHalfEven } from '#shared/domain/money/money';
import type { Fraction } from '#shared/domain/money/paid-share';

/**
 * Currencies whose smallest unit in Stripe's API is not a hundredth, as Stripe documents them (docs.stripe.com/currencies).
 * The ISK is counted in hundredths there, although it has none; the MGA in whole ones, although ISO 4217 gives it two
 * decimals. HUF and TWD are whole in payouts to banks only; transfers to connected accounts are none.
 */
const STRIPE_DECIMALS: ReadonlyMap<Currency, number> = new Map([
  ...'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD JOD KWD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

const KNOWN: ReadonlySet<Currency> = new Set(Intl.supportedValuesOf('currency'));

/** The ISO 4217 code of a currency as Stripe writes it; `undefined` for one whose units in Stripe are not certain. */
export function currencyOfStripe(code: string): Currency | undefined {
  const currency = code.toUpperCase();
  return KNOWN.has(currency) && !UNCERTAIN_AT_STRIPE.has(currency) ? currency : undefined;
}

/** Minor units of ISO 4217 for an amount as Stripe counts it; what is no whole one is rounded half to even. */
export function toIsoMinor({ numerator, denominator }: Fraction, currency: Currency): bigint {
  const stripeDecimals = STRIPE_DECIMALS.get(currency) ?? 2;
  return divideHalfEven(numerator * 10n ** BigInt(decimalsOf(currency)), denominator * 10n ** BigInt(stripeDecimals));
}

/** The amount as Stripe counts it; `undefined` when its units there are not certain or cannot express it to the last minor unit. */
export function toStripeMinor(minor: bigint, currency: Currency): bigint | undefined {
  if (currencyOfStripe(currency) === undefined) return undefined;
  const numerator = minor * 10n ** BigInt(STRIPE_DECIMALS.get(currency) ?? 2);
  const denominator = 10n ** BigInt(decimalsOf(currency));
  return numerator % denominator === 0n ? numerator / denominator : undefined;
}
