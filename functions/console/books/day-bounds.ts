import { timeZoneOf } from '#shared/adapters/time-zones';
import { addCalendarDays, instantOfWall } from '#shared/domain/time/calendar';

/** When a day of a filter begins in a time zone, in ISO 8601; `undefined` for what is no day. */
export function dayBegins(day: string | null, timeZone: string): string | undefined {
  const ms = startMs(day, timeZone);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** The last millisecond of the day. */
export function dayEnds(day: string | null, timeZone: string): string | undefined {
  const ms = startMs(day, timeZone);
  return ms === undefined ? undefined : new Date(addCalendarDays(ms, 1, timeZoneOf(timeZone)) - 1).toISOString();
}

/** The same of a day that is over; `undefined` while it is not, which stands for now. */
export function dayEndedBefore(day: string | null, timeZone: string, now: number): string | undefined {
  const end = dayEnds(day, timeZone);
  return end !== undefined && Date.parse(end) <= now ? end : undefined;
}

function startMs(day: string | null, timeZone: string): number | undefined {
  if (day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(midnight) ? undefined : instantOfWall(midnight, timeZoneOf(timeZone));
}
