import { compareText, type EpochMs, type Period } from './instant.ts';
import type { TimeZone } from './time-zone.ts';

/**
 * Wall-clock arithmetic over one time zone's data. Wall times that a clock change skips or repeats are read as
 * Temporal's `compatible`; a day or month starts at its first existing instant (design.md, Commission semantics 1).
 */

const DAY_MS = 86_400_000;

/** Milliseconds that a clock on the wall shows, counted as if it were UTC. */
type WallMs = number;

/** Index of the segment that holds `ms`. */
function segmentAt(ms: EpochMs, zone: TimeZone): number {
  let low = 0;
  let high = zone.segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segment(zone, middle).fromMs <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}

function segment(zone: TimeZone, index: number): TimeZone['segments'][number] {
  const found = zone.segments[index];
  if (found === undefined) throw new RangeError(`time zone ${zone.id} has no segment ${index}`);
  return found;
}

export function wallClockOf(ms: EpochMs, zone: TimeZone): WallMs {
  return ms + segment(zone, segmentAt(ms, zone)).offsetMs;
}

/**
 * Where a wall time lies: `instant` of its first occurrence, or, when a clock change skips it, the
 * `transition` that did and the instant that the clock before the change would have shown it at.
 */
function locate(wall: WallMs, zone: TimeZone): { readonly instant: EpochMs; readonly transition?: EpochMs } {
  // No place is two days away from UTC, so the search starts before and ends after every occurrence.
  let index = segmentAt(wall - 2 * DAY_MS, zone);
  let before = segment(zone, index);
  for (;;) {
    const instant = wall - before.offsetMs;
    const next = zone.segments[index + 1];
    if (next === undefined || instant < next.fromMs) return { instant };
    if (wall - next.offsetMs < next.fromMs) return { instant, transition: next.fromMs };
    before = next;
    index += 1;
  }
}

/** The instant of a wall time: of two the first, of a skipped one the clock before the change (`compatible`). */
export function instantOfWall(wall: WallMs, zone: TimeZone): EpochMs {
  return locate(wall, zone).instant;
}

function startOfWallDay(midnight: WallMs, zone: TimeZone): EpochMs {
  const place = locate(midnight, zone);
  return place.transition ?? place.instant;
}

function partsOf(period: Period): { readonly year: number; readonly month: number } {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (match === null) throw new RangeError(`not a period (YYYY-MM): ${period}`);
  return { year: Number(match[1]), month: Number(match[2]) };
}

function periodOfMonth(monthsSinceYearZero: number): Period {
  const year = Math.floor(monthsSinceYearZero / 12);
  const month = monthsSinceYearZero - year * 12 + 1;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}` as Period;
}

function shiftPeriod(period: Period, months: number): Period {
  const { year, month } = partsOf(period);
  return periodOfMonth(year * 12 + month - 1 + months);
}

export function nextPeriod(period: Period): Period {
  return shiftPeriod(period, 1);
}

export function previousPeriod(period: Period): Period {
  return shiftPeriod(period, -1);
}

export function comparePeriods(a: Period, b: Period): -1 | 0 | 1 {
  return compareText(a, b);
}

export function laterPeriod(a: Period, b: Period): Period {
  return a < b ? b : a;
}

/** The month that the wall clock shows at an instant. */
export function periodOf(ms: EpochMs, zone: TimeZone): Period {
  const wall = new Date(wallClockOf(ms, zone));
  return periodOfMonth(wall.getUTCFullYear() * 12 + wall.getUTCMonth());
}

/** First existing instant of the month. */
export function startOfPeriod(period: Period, zone: TimeZone): EpochMs {
  const { year, month } = partsOf(period);
  return startOfWallDay(Date.UTC(year, month - 1, 1), zone);
}

/** First existing instant of the calendar day that the wall clock shows at `ms`. */
export function startOfDay(ms: EpochMs, zone: TimeZone): EpochMs {
  const wall = wallClockOf(ms, zone);
  return startOfWallDay(Math.floor(wall / DAY_MS) * DAY_MS, zone);
}

/**
 * The starts of the month's calendar days, in order. A day that a zone left out altogether
 * (30 December 2011 in Pacific/Apia) still counts and starts together with the next one.
 */
export function daysOfPeriod(period: Period, zone: TimeZone): readonly EpochMs[] {
  const { year, month } = partsOf(period);
  const first = Date.UTC(year, month - 1, 1);
  const count = (Date.UTC(year, month, 1) - first) / DAY_MS;
  return Array.from({ length: count }, (_, day) => startOfWallDay(first + day * DAY_MS, zone));
}

/** The same wall time `days` calendar days later; zero days changes nothing, also in a repeated hour. */
export function addCalendarDays(ms: EpochMs, days: number, zone: TimeZone): EpochMs {
  if (days === 0) return ms;
  return instantOfWall(wallClockOf(ms, zone) + days * DAY_MS, zone);
}

/** The same wall time `months` calendar months later, the day clamped to the month's end; zero months changes nothing. */
export function addCalendarMonths(ms: EpochMs, months: number, zone: TimeZone): EpochMs {
  if (months === 0) return ms;
  const wall = wallClockOf(ms, zone);
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const timeOfDay = wall - Math.floor(wall / DAY_MS) * DAY_MS;
  return instantOfWall(Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + timeOfDay, zone);
}
