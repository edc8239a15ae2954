import { toDecimal } from '#shared/domain/money/minor-units';

/** Amounts and rates as people write them into fields, exactly; `Form` reads them back to the unit. */

/** `1234.50` of 123450 pence. */
export function writtenAmount(minor: number, currency: string): string {
  return toDecimal(BigInt(minor), currency);
}

/** `12.5` of 1250 basis points. */
export function writtenPercent(bps: number): string {
  const sign = bps < 0 ? '-' : '';
  const digits = String(Math.abs(bps)).padStart(3, '0');
  const fraction = digits.slice(-2).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -2)}${fraction === '' ? '' : `.${fraction}`}`;
}
