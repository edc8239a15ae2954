import type { Currency } from './money.ts';

/** ISO 4217 currencies whose minor unit is not a hundredth. The browser's own table differs for some (IQD), so it is written out. */
const DECIMALS_OTHER_THAN_TWO: ReadonlyMap<Currency, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** How many decimals the currency's main unit has: 2 for EUR, 0 for JPY, 3 for KWD. Source: ISO 4217, list one. */
export function decimalsOf(currency: Currency): number {
  return DECIMALS_OTHER_THAN_TWO.get(currency) ?? 2;
}

/** The amount in main units as an exact decimal with the currency's decimals, e.g. `-12.30`. */
export function toDecimal(minor: bigint, currency: Currency): string {
  const decimals = decimalsOf(currency);
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** ISO 20022: at most 18 digits, 5 of them decimals. */
const DECIMAL = /^(\d{1,15})(?:\.(\d{0,5}))?$/;

/** A decimal of main units in minor units; `undefined` for a text that is none, or finer than the currency's minor unit. */
export function fromDecimal(decimal: string, currency: Currency): bigint | undefined {
  const match = DECIMAL.exec(decimal);
  if (!match) return undefined;
  const decimals = decimalsOf(currency);
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  return fraction.length > decimals ? undefined : BigInt(`${match[1]}${fraction.padEnd(decimals, '0')}`);
}
