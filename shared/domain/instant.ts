/** An instant in UTC as `YYYY-MM-DDTHH:mm:ss.sssZ`: always milliseconds, so that text order is time order. */
export type Instant = string & { readonly __brand: 'Instant' };

/** A calendar month in the programme's time zone as `YYYY-MM`. */
export type Period = string & { readonly __brand: 'Period' };

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export function toInstant(ms: EpochMs): Instant {
  return new Date(ms).toISOString() as Instant;
}

export function toEpochMs(instant: Instant): EpochMs {
  return Date.parse(instant);
}

/** Plain code-unit order, as everywhere in Tallystick (design.md, Commission semantics 4). */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
