import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeWindow } from '#shared/domain/pay/window';
import { addCalendarMonths } from '#shared/domain/time/calendar';
import { toEpochMs, toInstant } from '#shared/domain/time/instant';
import { instant } from '#test/support/histories';

describe('a window', () => {
  it('ends just before the same wall time n months later', () => {
    const isInside = makeWindow(1, timeZoneOf('America/New_York'));
    const first = instant('2026-02-01T04:30:00Z');
    expect(isInside(instant('2026-03-01T04:29:59.999Z'), first)).toBe(true);
    expect(isInside(instant('2026-03-01T04:30:00Z'), first)).toBe(false);
  });

  it('takes a late earlier sale and the first purchase itself', () => {
    const isInside = makeWindow(1, timeZoneOf('UTC'));
    const first = instant('2026-02-01T00:00:00Z');
    expect(isInside(first, first)).toBe(true);
    expect(isInside(instant('2020-01-01T00:00:00Z'), first)).toBe(true);
  });

  it('answers near its edge and far from it what the calendar says', () => {
    const zones = ['UTC', 'Pacific/Apia', 'America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe'].map(timeZoneOf);
    const anyFirst = fc.integer({ min: Date.UTC(2009, 0, 1), max: Date.UTC(2030, 0, 1) }).map(toInstant);
    const days = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 36 }),
        anyFirst,
        days,
        (zone, months, first, off) => {
          const endMs = addCalendarMonths(toEpochMs(first), months, zone);
          const isInside = makeWindow(months, zone);
          expect(isInside(toInstant(endMs + off * 3_600_000 * 24), first)).toBe(off < 0);
          expect(isInside(toInstant(endMs - 1), first)).toBe(true);
          expect(isInside(toInstant(endMs), first)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('goes on being exact for more customers than it remembers', () => {
    const isInside = makeWindow(1, timeZoneOf('UTC'));
    const late = instant('2026-03-03T00:00:00Z');
    const answers = Array.from({ length: 9_000 }, (_, index) =>
      isInside(late, toInstant(Date.UTC(2026, 1, 3) - 4_500 + index)),
    );
    expect(answers.indexOf(true)).toBe(4_501);
    expect(answers.lastIndexOf(false)).toBe(4_500);
  });
});
