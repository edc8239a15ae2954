import { Temporal } from 'temporal-polyfill';
import { decimalsOf } from '#shared/domain/money/minor-units';

/** What a field must be; its text becomes the rule of a bad line. */
export class FieldRule extends Error {
  override readonly name = 'FieldRule';
}

/** How a field's text is read; an empty field is absent before it comes here. */
export type FieldReader = (text: string, context: { readonly timeZone: string }) => unknown;

export const text: FieldReader = (value) => value;

export const integer: FieldReader = (value) => {
  const number = Number(value);
  if (/^-?\d{1,16}$/.test(value) && Number.isSafeInteger(number)) return number;
  throw new FieldRule('must be a whole number without separators');
};

export const flag: FieldReader = (value) => {
  if (/^(true|yes|1)$/i.test(value)) return true;
  if (/^(false|no|0)$/i.test(value)) return false;
  throw new FieldRule('must be true or false');
};

/** Several values with spaces between them. */
export const list: FieldReader = (value) => value.split(/\s+/).filter((part) => part !== '');

/** Per cent, perhaps with two decimals, as basis points: `12.5` is 1250. */
export const percent: FieldReader = (value) => {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))? ?%?$/.exec(value) ?? [];
  if (whole === undefined) throw new FieldRule('must be per cent such as 10 or 12.5');
  const basisPoints = Number(whole + fraction.padEnd(2, '0'));
  if (basisPoints < 1 || basisPoints > 10_000) throw new FieldRule('must be above 0 and at most 100');
  return basisPoints;
};

/**
 * An instant with its offset, or a wall-clock time in the time zone at hand; of one that a clock change skips or repeats the
 * reading is Temporal's `compatible`, as everywhere. A day is its first instant.
 */
export const instant: FieldReader = (value, { timeZone }) => {
  const written = value.replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2');
  try {
    if (/(Z|[+-]\d\d(:?\d\d)?)$/i.test(written) && written.includes('T')) {
      return Temporal.Instant.from(written).toString({ fractionalSecondDigits: 3 });
    }
    if (/^\d{4}-\d\d-\d\d$/.test(written)) {
      return Temporal.PlainDate.from(written).toZonedDateTime(timeZone).toInstant().toString();
    }
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(written)) {
      return Temporal.PlainDateTime.from(written).toZonedDateTime(timeZone).toInstant().toString();
    }
  } catch {
    throw new FieldRule('is no date and time that exists');
  }
  throw new FieldRule('must be a time such as 2026-01-31T12:00:00Z, or 2026-01-31 12:00 on the wall clock');
};

/** Main units with a point as minor units, exactly: `139.12` in GBP is 13912. @throws FieldRule */
export function minorUnits(value: string, currency: string): number {
  const decimals = decimalsOf(currency);
  const [, whole, fraction = ''] = /^(\d{1,16})(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === undefined) throw new FieldRule(amountRule(value, currency, decimals));
  if (fraction.slice(decimals).replaceAll('0', '') !== '') {
    throw new FieldRule(`must have at most ${decimals} decimals in ${currency}`);
  }
  const minor = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) throw new FieldRule('is too large');
  return Number(minor);
}

function amountRule(value: string, currency: string, decimals: number): string {
  if (value.startsWith('-')) return 'must not be below zero: what was given back is a refund, in a file of its own';
  const example = decimals === 0 ? '1390' : `139.${'12'.padEnd(decimals, '0').slice(0, decimals)}`;
  return `must be an amount of ${currency} such as ${example}, with a point and without thousands separators`;
}
