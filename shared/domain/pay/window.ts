import { addCalendarMonths } from '../time/calendar.ts';
import { type Instant, toEpochMs } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

const DAY_MS = 86_400_000;

/** A calendar month has 28 to 31 days; the margin is more than any two offsets of a zone differ. */
const SHORTEST_MONTH_MS = 28 * DAY_MS;
const LONGEST_MONTH_MS = 31 * DAY_MS;
const MARGIN_MS = 3 * DAY_MS;

/** Bounds the memory of one window: customers come in no particular order. */
const ENDS_LIMIT = 4_096;

/**
 * Whether a sale lies in a component's window: `occurredAt < first purchase + months`, on the wall clock, the day
 * clamped to the month's end (semantics 5). Exact; the calendar is only asked near the edge.
 */
export function makeWindow(months: number, zone: TimeZone): (occurredAt: Instant, firstPurchaseAt: Instant) => boolean {
  const ends = new Map<Instant, number>();
  const endOf = (firstPurchaseAt: Instant, startMs: number): number => {
    const known = ends.get(firstPurchaseAt);
    if (known !== undefined) return known;
    if (ends.size >= ENDS_LIMIT) ends.clear();
    const end = addCalendarMonths(startMs, months, zone);
    ends.set(firstPurchaseAt, end);
    return end;
  };
  return (occurredAt, firstPurchaseAt) => {
    const startMs = toEpochMs(firstPurchaseAt);
    const atMs = toEpochMs(occurredAt);
    const elapsedMs = atMs - startMs;
    if (elapsedMs < months * SHORTEST_MONTH_MS - MARGIN_MS) return true;
    if (elapsedMs > months * LONGEST_MONTH_MS + MARGIN_MS) return false;
    return atMs < endOf(firstPurchaseAt, startMs);
  };
}
