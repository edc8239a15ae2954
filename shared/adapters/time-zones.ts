import { Temporal } from 'temporal-polyfill';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** Clock changes outside these years are not looked up: the offset at the edge holds on. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2101;

/** No zone changes its clocks more than a handful of times a year; more means that the data never ends. */
const TRANSITIONS_LIMIT = (LAST_YEAR - FIRST_YEAR) * 8;

const NANOSECONDS_PER_MS = 1_000_000;

const zones = new Map<string, TimeZone>();

/** Whether `id` names an IANA time zone that this machine knows. */
export function isTimeZone(id: string): boolean {
  // Temporal also takes a fixed offset or a whole date and time; a programme names a place, whose clock changes are known.
  if (!/^[A-Za-z][\w+/-]*$/.test(id)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id);
    return true;
  } catch {
    return false;
  }
}

/**
 * The clock of an IANA time zone as data for the domain, built once a zone.
 * @throws RangeError for an unknown zone
 */
export function timeZoneOf(id: string): TimeZone {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const built = buildTimeZone(id);
  zones.set(id, built);
  return built;
}

function buildTimeZone(id: string): TimeZone {
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(FIRST_YEAR, 0, 1)).toZonedDateTimeISO(id);
  const segments = [{ fromMs: Number.NEGATIVE_INFINITY, offsetMs: at.offsetNanoseconds / NANOSECONDS_PER_MS }];
  while (segments.length <= TRANSITIONS_LIMIT) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= Date.UTC(LAST_YEAR, 0, 1)) return { id, segments };
    segments.push({ fromMs: next.epochMilliseconds, offsetMs: next.offsetNanoseconds / NANOSECONDS_PER_MS });
    at = next;
  }
  throw new RangeError(`time zone ${id} changes its clocks more than ${TRANSITIONS_LIMIT} times`);
}
