import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { Renewal } from '#shared/domain/partner/agreement';
import {
  currentTermEnd,
  earliestEndByNotice,
  endByNoticeAtOrAfter,
  fixedEnd,
  noticeBy,
} from '#shared/domain/partner/agreement-term';
import { wallClockOf } from '#shared/domain/time/calendar';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';

const utc = timeZoneOf('Etc/UTC');
const london = timeZoneOf('Europe/London');
const newYork = timeZoneOf('America/New_York');
const zones = [utc, london, newYork, timeZoneOf('Australia/Lord_Howe'), timeZoneOf('Asia/Kolkata')];

describe('a term that ends by itself', () => {
  it.each([
    // start, months, zone, end
    ['2026-01-31T00:00:00Z', 1, utc, '2026-02-28T00:00:00Z'],
    ['2024-01-31T00:00:00Z', 1, utc, '2024-02-29T00:00:00Z'],
    ['2026-01-31T00:00:00Z', 2, utc, '2026-03-31T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 12, utc, '2025-02-28T00:00:00Z'],
    ['2026-01-01T00:00:00Z', 120, utc, '2036-01-01T00:00:00Z'],
    // The same wall time, an hour nearer to UTC in winter than in summer.
    ['2026-01-15T09:00:00Z', 6, london, '2026-07-15T08:00:00Z'],
    ['2026-07-15T08:00:00Z', 6, london, '2027-01-15T09:00:00Z'],
    // 02:30 of 8 March 2026 does not exist in New York: the clock before the change.
    ['2026-02-08T07:30:00Z', 1, newYork, '2026-03-08T07:30:00Z'],
    // 01:30 of 1 November 2026 exists twice: the first.
    ['2026-10-01T05:30:00Z', 1, newYork, '2026-11-01T05:30:00Z'],
  ])('from %s, %i months', (from, termMonths, zone, end) => {
    expect(fixedEnd(instant(from), { termMonths, renewal: 'none' }, zone)).toBe(instant(end));
  });

  it('adds what was renewed to the start, so that a clamped day comes back', () => {
    const duration = { termMonths: 1, renewal: 'by_agreement', renewedMonths: 1 } as const;
    expect(fixedEnd(instant('2026-01-31T00:00:00Z'), duration, utc)).toBe(instant('2026-03-31T00:00:00Z'));
  });

  it('has no end when it rolls on or has no term', () => {
    const from = instant('2026-01-01T00:00:00Z');
    expect(fixedEnd(from, { termMonths: 12, renewal: 'automatic' }, utc)).toBeUndefined();
    expect(fixedEnd(from, {}, utc)).toBeUndefined();
  });
});

describe('the term that runs', () => {
  const yearly = { from: instant('2026-03-31T00:00:00Z'), termMonths: 12, renewal: 'automatic' } as const;
  it.each([
    ['2026-01-01T00:00:00Z', '2027-03-31T00:00:00Z'],
    ['2026-03-31T00:00:00Z', '2027-03-31T00:00:00Z'],
    ['2027-03-30T23:59:59.999Z', '2027-03-31T00:00:00Z'],
    ['2027-03-31T00:00:00Z', '2028-03-31T00:00:00Z'],
    ['2099-01-01T00:00:00Z', '2099-03-31T00:00:00Z'],
  ])('at %s ends at %s', (at, end) => {
    expect(currentTermEnd(yearly, instant(at), utc)).toBe(instant(end));
  });

  it('is the fixed end of one that does not roll on, and of one that was terminated', () => {
    const endsAt = instant('2026-09-30T00:00:00Z');
    expect(currentTermEnd({ ...yearly, renewal: 'none', endsAt }, yearly.from, utc)).toBe(endsAt);
    expect(currentTermEnd({ ...yearly, endsAt }, yearly.from, utc)).toBe(endsAt);
    expect(currentTermEnd({ from: yearly.from, endsAt }, yearly.from, utc)).toBeUndefined();
  });
});

describe('notice', () => {
  it.each([
    ['2026-12-31T00:00:00Z', 30, utc, '2026-12-01T00:00:00Z'],
    ['2026-03-31T00:00:00Z', 31, utc, '2026-02-28T00:00:00Z'],
    ['2026-12-31T00:00:00Z', 0, utc, '2026-12-31T00:00:00Z'],
    // Over the change to summer time: the same hour on the wall.
    ['2026-04-10T08:00:00Z', 30, london, '2026-03-11T09:00:00Z'],
    ['2026-11-10T14:00:00Z', 14, newYork, '2026-10-27T13:00:00Z'],
  ])('for an end at %s, %i days before, is given by then', (end, days, zone, by) => {
    expect(noticeBy(instant(end), days, zone)).toBe(instant(by));
  });

  const rolling = (noticeDays: number) =>
    ({ from: instant('2026-01-01T00:00:00Z'), termMonths: 12, renewal: 'automatic', noticeDays }) as const;
  it.each([
    [30, '2026-12-02T00:00:00Z', '2027-01-01T00:00:00Z'],
    [30, '2026-12-02T00:00:00.001Z', '2028-01-01T00:00:00Z'],
    [0, '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    [730, '2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z'],
    [730, '2026-01-01T00:00:00.001Z', '2029-01-01T00:00:00Z'],
    [30, '2020-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ])('of %i days at %s ends a yearly term at %s', (days, at, end) => {
    expect(earliestEndByNotice(rolling(days), instant(at), utc)).toBe(instant(end));
  });

  it('ends an agreement without a term after the notice period, not before its start and not after its end', () => {
    const open = { from: instant('2026-01-01T00:00:00Z'), noticeDays: 10 };
    expect(earliestEndByNotice(open, instant('2026-03-01T00:00:00Z'), utc)).toBe(instant('2026-03-11T00:00:00Z'));
    expect(earliestEndByNotice(open, instant('2025-03-01T00:00:00Z'), utc)).toBe(open.from);
    const until = { ...open, endsAt: instant('2026-03-05T00:00:00Z') };
    expect(earliestEndByNotice(until, instant('2026-03-01T00:00:00Z'), utc)).toBe(until.endsAt);
    expect(earliestEndByNotice(until, instant('2026-02-01T00:00:00Z'), utc)).toBe(instant('2026-02-11T00:00:00Z'));
    const atOnce = { from: open.from };
    expect(earliestEndByNotice(atOnce, instant('2026-03-01T00:00:00Z'), utc)).toBe(instant('2026-03-01T00:00:00Z'));
  });

  it('never goes past an end that is set already', () => {
    const at = instant('2026-02-01T00:00:00Z');
    const soon = { ...rolling(30), endsAt: instant('2026-06-01T00:00:00Z') };
    expect(earliestEndByNotice(soon, at, utc)).toBe(soon.endsAt);
    expect(endByNoticeAtOrAfter(soon, at, instant('2028-01-01T00:00:00Z'), utc)).toBe(soon.endsAt);
    const late = { ...rolling(30), endsAt: instant('2029-06-01T00:00:00Z') };
    expect(earliestEndByNotice(late, at, utc)).toBe(instant('2027-01-01T00:00:00Z'));
    expect(endByNoticeAtOrAfter(late, at, instant('2028-01-01T00:00:00Z'), utc)).toBe(instant('2028-01-01T00:00:00Z'));
    const renewed = { ...late, renewal: 'by_agreement' } as const;
    expect(earliestEndByNotice(renewed, at, utc)).toBe(renewed.endsAt);
  });

  it('needs no days where none were agreed', () => {
    const { noticeDays: _, ...withoutNotice } = rolling(0);
    const at = instant('2027-01-01T00:00:00Z');
    expect(earliestEndByNotice(withoutNotice, at, utc)).toBe(at);
  });

  it('cannot bring the end of a fixed term forward', () => {
    const endsAt = instant('2027-01-01T00:00:00Z');
    const fixed = { ...rolling(30), renewal: 'by_agreement', endsAt } as const;
    expect(earliestEndByNotice(fixed, instant('2026-02-01T00:00:00Z'), utc)).toBe(endsAt);
    expect(endByNoticeAtOrAfter(fixed, instant('2026-02-01T00:00:00Z'), instant('2029-01-01T00:00:00Z'), utc)).toBe(
      endsAt,
    );
  });

  it('for an end inside a term names the end of that term', () => {
    const at = instant('2026-02-01T00:00:00Z');
    expect(endByNoticeAtOrAfter(rolling(30), at, instant('2027-06-01T00:00:00Z'), utc)).toBe(
      instant('2028-01-01T00:00:00Z'),
    );
    expect(endByNoticeAtOrAfter(rolling(30), at, instant('2028-01-01T00:00:00Z'), utc)).toBe(
      instant('2028-01-01T00:00:00Z'),
    );
  });
});

describe('for any start, term, notice and zone', () => {
  const anInstant = fc
    .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2050, 0, 1) })
    .map((ms): Instant => toInstant(ms));
  const aCase = fc.record({
    from: anInstant,
    at: anInstant,
    asked: anInstant,
    months: fc.integer({ min: 1, max: 120 }),
    days: fc.integer({ min: 0, max: 730 }),
    zone: fc.constantFrom(...zones),
  });
  const timed = (from: Instant, termMonths: number, noticeDays: number) => ({
    from,
    termMonths,
    noticeDays,
    renewal: 'automatic' as Renewal,
  });

  it('the earliest end is in time, and the end of the term before it is not', () => {
    fc.assert(
      fc.property(aCase, ({ from, at, months, days, zone }) => {
        const version = timed(from, months, days);
        const end = earliestEndByNotice(version, at, zone);
        expect(noticeBy(end, days, zone) >= at).toBe(true);
        const terms = termsUntil(from, months, end, zone);
        expect(terms.at(-1)).toBe(end);
        const before = terms.at(-2);
        if (before !== undefined) expect(noticeBy(before, days, zone) < at).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('the running term ends after now, and the one before it did not', () => {
    fc.assert(
      fc.property(aCase, ({ from, at, months, zone }) => {
        const end = currentTermEnd(timed(from, months, 0), at, zone) as Instant;
        expect(end > at).toBe(true);
        const before = termsUntil(from, months, end, zone).at(-2);
        if (before !== undefined) expect(before <= at).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('an end by notice is never before the asked one nor before the earliest, and asking for it again answers it', () => {
    fc.assert(
      fc.property(aCase, ({ from, at, asked, months, days, zone }) => {
        const version = timed(from, months, days);
        const end = endByNoticeAtOrAfter(version, at, asked, zone);
        expect(end >= asked && end >= earliestEndByNotice(version, at, zone)).toBe(true);
        expect(endByNoticeAtOrAfter(version, at, end, zone)).toBe(end);
      }),
      { numRuns: 200 },
    );
  });

  it('a term ends at the wall time it started at, on the same day or the last of a shorter month', () => {
    fc.assert(
      fc.property(aCase, ({ from, months, zone }) => {
        const end = fixedEnd(from, { termMonths: months, renewal: 'none' }, zone) as Instant;
        const [start, stop] = [from, end].map((at) => new Date(wallClockOf(toEpochMs(at), zone)));
        const days = [start?.getUTCDate() ?? 0, stop?.getUTCDate() ?? 0] as const;
        expect(days[1] <= days[0]).toBe(true);
        const monthsApart = (date?: Date): number => (date?.getUTCFullYear() ?? 0) * 12 + (date?.getUTCMonth() ?? 0);
        expect(monthsApart(stop) - monthsApart(start)).toBe(months);
      }),
      { numRuns: 200 },
    );
  });
});

/** The slow way: every end of a term from the first on. */
function termsUntil(from: Instant, months: number, end: Instant, zone: (typeof zones)[number]): readonly Instant[] {
  const ends: Instant[] = [];
  for (let term = 1; ends.at(-1) === undefined || (ends.at(-1) as Instant) < end; term += 1) {
    ends.push(fixedEnd(from, { termMonths: months * term, renewal: 'none' }, zone) as Instant);
  }
  return ends;
}
