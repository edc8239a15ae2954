import { instantOfWall, wallClockOf } from './calendar.ts';
import type { EpochMs } from './instant.ts';
import type { TimeZone } from './time-zone.ts';

/** A time of day on the reader's clock as `HH:mm`. */
export type WallTime = string & { readonly __brand: 'WallTime' };

/** From inclusive, to exclusive; may cross midnight. */
export type QuietHours = { readonly from: WallTime; readonly to: WallTime };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** More clock changes in a row than any place has had. */
const MAX_LOOKS = 8;

function timeOfDay(time: WallTime): number {
  return Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3, 5)) * MINUTE_MS;
}

/** How much of a day is quiet, in minutes of a day without a clock change. */
export function quietMinutes({ from, to }: QuietHours): number {
  return ((timeOfDay(to) - timeOfDay(from) + DAY_MS) % DAY_MS) / MINUTE_MS;
}

/** Whether the reader's clock shows a quiet time: decided by what it shows, also in an hour that a clock change repeats. */
export function isQuiet(ms: EpochMs, { from, to }: QuietHours, zone: TimeZone): boolean {
  const wall = wallClockOf(ms, zone);
  const shown = wall - Math.floor(wall / DAY_MS) * DAY_MS;
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  return start <= end ? start <= shown && shown < end : shown >= start || shown < end;
}

/** `ms` itself outside of quiet hours, else when they are over; never a quiet instant. */
export function afterQuietHours(ms: EpochMs, quiet: QuietHours, zone: TimeZone): EpochMs {
  let at = ms;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    if (!isQuiet(at, quiet, zone)) return at;
    const wall = wallClockOf(at, zone);
    const today = Math.floor(wall / DAY_MS) * DAY_MS + timeOfDay(quiet.to);
    const end = today > wall ? today : today + DAY_MS;
    const found = instantOfWall(end, zone);
    // Of a time that the clock shows twice the first may lie behind.
    at = found > at ? found : at + (end - wall);
  }
  throw new RangeError(`quiet hours ${quiet.from} to ${quiet.to} do not end in ${zone.id}`);
}

export type DigestRhythm = 'daily' | 'monthly';

/** When a digest comes on or around the wall day of `ms`, `steps` days or months on: a month's on its first day. */
function digestNear(ms: EpochMs, rhythm: DigestRhythm, hour: number, zone: TimeZone, steps: number): EpochMs {
  const wall = new Date(wallClockOf(ms, zone));
  const [year, month] = [wall.getUTCFullYear(), wall.getUTCMonth()];
  const day = rhythm === 'daily' ? Date.UTC(year, month, wall.getUTCDate() + steps) : Date.UTC(year, month + steps, 1);
  return instantOfWall(day + hour * HOUR_MS, zone);
}

/** The first time after `ms` at which a digest comes. */
export function nextDigestAfter(ms: EpochMs, rhythm: DigestRhythm, hour: number, zone: TimeZone): EpochMs {
  // A clock change may move it past the end of its wall day, never by two.
  for (const steps of [-1, 0, 1, 2]) {
    const at = digestNear(ms, rhythm, hour, zone, steps);
    if (at > ms) return at;
  }
  throw new RangeError(`no ${rhythm} digest comes after ${ms} in ${zone.id}`);
}

/** The last time at or before `ms` at which a digest came. */
export function lastDigestBy(ms: EpochMs, rhythm: DigestRhythm, hour: number, zone: TimeZone): EpochMs {
  for (const steps of [1, 0, -1, -2]) {
    const at = digestNear(ms, rhythm, hour, zone, steps);
    if (at <= ms) return at;
  }
  throw new RangeError(`no ${rhythm} digest came by ${ms} in ${zone.id}`);
}
