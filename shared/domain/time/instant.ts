/** An instant in UTC as `YYYY-MM-DDTHH:mm:ss.sssZ`: always milliseconds, so that text order is time order. */
export type Instant = string & { readonly __brand: 'Instant' };

/** A calendar month in the programme's time zone as `YYYY-MM`. */
export type Period = string & { readonly __brand: 'Period' };

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export function toInstant(ms: EpochMs): Instant {
  return new Date(ms).toISOString() as Instant;
}

const ZERO = 48;
const DAY_MS = 86_400_000;

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar, counted in years that begin in March. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Milliseconds of an instant. Read digit by digit: `Date.parse` took most of the time that a statement's line costs. */
export function toEpochMs(instant: Instant): EpochMs {
  if (instant.length !== 24 || !instant.endsWith('Z')) return Date.parse(instant);
  const year = twoDigits(instant, 0) * 100 + twoDigits(instant, 2);
  const days = daysSinceEpoch(year, twoDigits(instant, 5), twoDigits(instant, 8));
  const seconds = twoDigits(instant, 11) * 3_600 + twoDigits(instant, 14) * 60 + twoDigits(instant, 17);
  return days * DAY_MS + seconds * 1_000 + twoDigits(instant, 20) * 10 + instant.charCodeAt(22) - ZERO;
}

/** Plain code-unit order, as everywhere in Tallystick (design.md, Commission semantics 4). */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
