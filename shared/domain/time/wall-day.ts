import { wallClockOf } from './calendar.ts';
import type { EpochMs } from './instant.ts';
import type { TimeZone } from './time-zone.ts';

/** The calendar day that the wall clock shows at an instant, as `YYYY-MM-DD`. */
export function dayOf(ms: EpochMs, zone: TimeZone): string {
  return new Date(wallClockOf(ms, zone)).toISOString().slice(0, 10);
}
