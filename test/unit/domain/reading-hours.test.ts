import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { wallClockOf } from '#shared/domain/time/calendar';
import {
  afterQuietHours,
  isQuiet,
  lastDigestBy,
  nextDigestAfter,
  type QuietHours,
  quietMinutes,
  type WallTime,
} from '#shared/domain/time/reading-hours';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const quiet = (from: string, to: string): QuietHours => ({ from: from as WallTime, to: to as WallTime });
const ms = (iso: string): number => Date.parse(iso);
const london = timeZoneOf('Europe/London');
const NIGHT = quiet('22:00', '07:00');

const zones = fc
  .constantFrom(...['Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'])
  .map(timeZoneOf);
const instants = fc.integer({ min: ms('2005-01-01T00:00:00Z'), max: ms('2035-01-01T00:00:00Z') });
const wallTimes = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const quietHours = fc
  .tuple(wallTimes, wallTimes)
  .map(([from, to]) => quiet(from, to))
  .filter((hours) => quietMinutes(hours) > 0 && quietMinutes(hours) <= 20 * 60);

describe('quiet hours', () => {
  it('last from their start to before their end, also across midnight', () => {
    const at = (iso: string) => isQuiet(ms(iso), NIGHT, london);
    expect(
      ['2026-01-10T21:59:59.999Z', '2026-01-10T22:00:00Z', '2026-01-11T06:59:59Z', '2026-01-11T07:00:00Z'].map(at),
    ).toEqual([false, true, true, false]);
    expect(quietMinutes(NIGHT)).toBe(9 * 60);
    expect(quietMinutes(quiet('09:00', '09:00'))).toBe(0);
  });

  it('end by the clock on the wall in the nights in which it changes', () => {
    const end = (iso: string, hours = NIGHT) => new Date(afterQuietHours(ms(iso), hours, london)).toISOString();
    expect(end('2026-03-28T23:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(end('2026-10-24T23:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
    // 01:30 is skipped: the clock goes from 01:00 to 02:00. It is shown twice in autumn: quiet both times.
    expect(end('2026-03-29T00:30:00Z', quiet('00:00', '01:30'))).toBe('2026-03-29T01:30:00.000Z');
    expect(end('2026-10-25T00:10:00Z', quiet('00:00', '01:30'))).toBe('2026-10-25T00:30:00.000Z');
    expect(end('2026-10-25T01:10:00Z', quiet('00:00', '01:30'))).toBe('2026-10-25T01:30:00.000Z');
  });

  it('never hold what is sent after them, for no longer than they and a clock change last', () => {
    fc.assert(
      fc.property(instants, quietHours, zones, (at, hours, zone) => {
        const after = afterQuietHours(at, hours, zone);
        expect(isQuiet(after, hours, zone)).toBe(false);
        expect(after - at).toBeLessThanOrEqual(quietMinutes(hours) * 60_000 + 25 * HOUR_MS);
        if (!isQuiet(at, hours, zone)) expect(after).toBe(at);
        if (zone.id === 'UTC') expect(after - at).toBeLessThanOrEqual(quietMinutes(hours) * 60_000);
      }),
      { numRuns: 300 },
    );
  });

  it('leave a full hour of the clock in every two days, at which what waits is looked at', () => {
    fc.assert(
      fc.property(instants, quietHours, zones, (at, hours, zone) => {
        const first = Math.ceil(at / HOUR_MS) * HOUR_MS;
        const looks = Array.from({ length: 49 }, (_, hour) => first + hour * HOUR_MS);
        expect(looks.some((look) => !isQuiet(look, hours, zone))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('digests', () => {
  it('come daily at an hour of the wall, and monthly on the first', () => {
    const next = (iso: string, rhythm: 'daily' | 'monthly') =>
      new Date(nextDigestAfter(ms(iso), rhythm, 8, london)).toISOString();
    expect(next('2026-01-10T07:59:59Z', 'daily')).toBe('2026-01-10T08:00:00.000Z');
    expect(next('2026-01-10T08:00:00Z', 'daily')).toBe('2026-01-11T08:00:00.000Z');
    expect(next('2026-03-28T08:00:00Z', 'daily')).toBe('2026-03-29T07:00:00.000Z');
    expect(next('2026-01-01T08:00:00Z', 'monthly')).toBe('2026-02-01T08:00:00.000Z');
    expect(next('2026-12-31T23:00:00Z', 'monthly')).toBe('2027-01-01T08:00:00.000Z');
  });

  it('follow one another: the last by now lies before the next, with none between', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom('daily' as const, 'monthly' as const),
        fc.integer({ min: 0, max: 23 }),
        zones,
        (at, rhythm, hour, zone) => {
          const last = lastDigestBy(at, rhythm, hour, zone);
          const next = nextDigestAfter(at, rhythm, hour, zone);
          expect(last).toBeLessThanOrEqual(at);
          expect(next).toBeGreaterThan(at);
          expect(nextDigestAfter(last, rhythm, hour, zone)).toBe(next);
          expect(lastDigestBy(next - 1, rhythm, hour, zone)).toBe(last);
          // A day that a place left out altogether is the longest.
          expect(next - last).toBeLessThanOrEqual(rhythm === 'daily' ? 2 * DAY_MS + HOUR_MS : 31 * DAY_MS + HOUR_MS);
          if (rhythm === 'monthly') expect(new Date(wallClockOf(next, zone)).getUTCDate()).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
