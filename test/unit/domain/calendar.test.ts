import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isTimeZone, timeZoneOf } from '#shared/adapters/time-zones';
import {
  addCalendarDays,
  addCalendarMonths,
  comparePeriods,
  daysOfPeriod,
  nextPeriod,
  periodOf,
  previousPeriod,
  startOfDay,
  startOfPeriod,
} from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

const ZONES = [
  'UTC',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Havana',
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Europe/London',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Kwajalein',
];

const FIRST_MS = Date.UTC(1970, 0, 3);
/** Ten years before the zones' data ends, so that what is added stays inside it. */
const LAST_MS = Date.UTC(2090, 11, 1);
const HOUR_MS = 3_600_000;

/** Clocks change on the hour or half hour, so only round distances meet the very edge of a gap or an overlap. */
const wholeDistance = fc.integer({ min: -100, max: 100 }).map((halves) => (halves * HOUR_MS) / 2);
const anyDistance = fc.integer({ min: -50 * HOUR_MS, max: 50 * HOUR_MS });

/** Instants of a zone, half of them within hours of one of its clock changes, where calendars go wrong. */
const placeAndTime = fc.constantFrom(...ZONES).chain((id) => {
  const changes = timeZoneOf(id).segments.flatMap(({ fromMs }) =>
    fromMs > FIRST_MS && fromMs < LAST_MS ? [fromMs] : [],
  );
  const anyTime = fc.integer({ min: FIRST_MS, max: LAST_MS });
  const nearChange =
    changes.length === 0
      ? anyTime
      : fc
          .tuple(fc.constantFrom(...changes), fc.oneof(wholeDistance, anyDistance))
          .map(([change, distance]) => change + distance);
  return fc.record({ id: fc.constant(id), ms: fc.oneof(anyTime, nearChange) });
});

const zoned = (ms: number, id: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id);

const at = (text: string): number => Date.parse(text);
const period = (text: string): Period => text as Period;

describe('the calendar against Temporal', () => {
  it('names the month that the wall clock shows', () => {
    fc.assert(
      fc.property(placeAndTime, ({ id, ms }) => {
        expect(periodOf(ms, timeZoneOf(id))).toBe(zoned(ms, id).toPlainDate().toPlainYearMonth().toString());
      }),
      { numRuns: 400 },
    );
  });

  it('starts a day and a month at their first existing instant', () => {
    fc.assert(
      fc.property(placeAndTime, ({ id, ms }) => {
        const zone = timeZoneOf(id);
        const there = zoned(ms, id);
        expect(startOfDay(ms, zone)).toBe(there.startOfDay().epochMilliseconds);
        const firstDay = there.toPlainDate().with({ day: 1 });
        expect(startOfPeriod(periodOf(ms, zone), zone)).toBe(firstDay.toZonedDateTime(id).epochMilliseconds);
      }),
      { numRuns: 400 },
    );
  });

  it('adds calendar days and months on the wall clock, compatible with skipped and repeated hours', () => {
    const amount = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(placeAndTime, amount, ({ id, ms }, count) => {
        const zone = timeZoneOf(id);
        const there = zoned(ms, id);
        expect(addCalendarDays(ms, count, zone)).toBe(there.add({ days: count }).epochMilliseconds);
        expect(addCalendarMonths(ms, count, zone)).toBe(there.add({ months: count }).epochMilliseconds);
      }),
      { numRuns: 800 },
    );
  });

  it('knows every day of a month and its start', () => {
    fc.assert(
      fc.property(placeAndTime, ({ id, ms }) => {
        const zone = timeZoneOf(id);
        const month = zoned(ms, id).toPlainDate().toPlainYearMonth();
        const starts = Array.from(
          { length: month.daysInMonth },
          (_, day) => month.toPlainDate({ day: day + 1 }).toZonedDateTime(id).epochMilliseconds,
        );
        expect(daysOfPeriod(periodOf(ms, zone), zone)).toEqual(starts);
      }),
      { numRuns: 100 },
    );
  });

  it('shows the same offset as Temporal at any instant', () => {
    fc.assert(
      fc.property(placeAndTime, ({ id, ms }) => {
        const segments = timeZoneOf(id).segments.filter(({ fromMs }) => fromMs <= ms);
        expect(segments.at(-1)?.offsetMs).toBe(zoned(ms, id).offsetNanoseconds / 1_000_000);
      }),
      { numRuns: 400 },
    );
  });
});

describe('days and months that are not there', () => {
  it('starts 30 December 2011 in Apia, which was skipped whole, together with the 31st', () => {
    const apia = timeZoneOf('Pacific/Apia');
    const days = daysOfPeriod(period('2011-12'), apia);
    expect(days).toHaveLength(31);
    expect(days[29]).toBe(at('2011-12-30T10:00:00Z'));
    expect(days[30]).toBe(days[29]);
  });

  it('starts a day without midnight at the first instant after the change', () => {
    // São Paulo went from 00:00 straight to 01:00 on 4 November 2018.
    const start = startOfDay(at('2018-11-04T12:00:00Z'), timeZoneOf('America/Sao_Paulo'));
    expect(toInstant(start)).toBe('2018-11-04T03:00:00.000Z');
  });

  it('starts a day whose midnight lies inside a skipped hour at the change', () => {
    const changeMs = at('2026-03-01T23:30:00Z');
    const zone = {
      id: 'Test/Half_past',
      segments: [
        { fromMs: Number.NEGATIVE_INFINITY, offsetMs: 0 },
        { fromMs: changeMs, offsetMs: HOUR_MS },
      ],
    };
    expect(startOfDay(at('2026-03-02T12:00:00Z'), zone)).toBe(changeMs);
    expect(addCalendarDays(at('2026-03-01T00:00:00Z'), 1, zone)).toBe(at('2026-03-02T00:00:00Z'));
  });

  it('starts a day with two midnights at the first of them', () => {
    // Havana goes from 01:00 back to 00:00 on 1 November 2026, which is the start of a month too.
    const havana = timeZoneOf('America/Havana');
    expect(toInstant(startOfPeriod(period('2026-11'), havana))).toBe('2026-11-01T04:00:00.000Z');
  });

  it.each([
    ['just before the gap', '2026-03-28T00:59:59.999Z', '2026-03-29T00:59:59.999Z'],
    ['at the start of the gap', '2026-03-28T01:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['at the end of the gap', '2026-03-28T02:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['at the start of the overlap', '2026-10-24T00:00:00.000Z', '2026-10-25T00:00:00.000Z'],
    ['at the end of the overlap', '2026-10-24T01:00:00.000Z', '2026-10-25T02:00:00.000Z'],
  ])('adds a day in Berlin to a time %s', (_, before, after) => {
    expect(toInstant(addCalendarDays(at(before), 1, timeZoneOf('Europe/Berlin')))).toBe(after);
  });

  it('changes nothing by adding zero days in the second of two equal hours', () => {
    const berlin = timeZoneOf('Europe/Berlin');
    const secondHalfPastTwo = at('2026-10-25T01:30:00Z');
    expect(addCalendarDays(secondHalfPastTwo, 0, berlin)).toBe(secondHalfPastTwo);
    expect(addCalendarMonths(secondHalfPastTwo, 0, berlin)).toBe(secondHalfPastTwo);
  });
});

describe('periods', () => {
  it('follow each other across the turn of the year', () => {
    expect(nextPeriod(period('2025-12'))).toBe('2026-01');
    expect(previousPeriod(period('2026-01'))).toBe('2025-12');
  });

  it('compare by time', () => {
    expect(comparePeriods(period('2025-12'), period('2026-01'))).toBe(-1);
    expect(comparePeriods(period('2026-01'), period('2026-01'))).toBe(0);
    expect(comparePeriods(period('2026-02'), period('2026-01'))).toBe(1);
  });

  it('are refused when they are not a month', () => {
    for (const text of ['2026-13', '2026-00', '2026-1', '12026-01', '2026-011', '']) {
      expect(() => nextPeriod(period(text))).toThrow(`not a period (YYYY-MM): ${text}`);
    }
  });
});

describe('instants', () => {
  it('are read to the same millisecond as by the platform', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1600, 0, 1), max: Date.UTC(9999, 11, 31) }), (ms) => {
        expect(toEpochMs(toInstant(ms))).toBe(ms);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are read with an offset or without milliseconds too', () => {
    expect(toEpochMs('2026-01-01T00:00:00Z' as Instant)).toBe(Date.UTC(2026, 0, 1));
    expect(toEpochMs('2026-01-01T01:00:00+0100' as Instant)).toBe(Date.UTC(2026, 0, 1));
  });
});

describe('time zones', () => {
  it('are IANA names that the machine knows', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
    expect(isTimeZone('Etc/GMT+5')).toBe(true);
    expect(['', 'Z', '+01:00', '2026-01-01T00:00[Europe/Berlin]'].some(isTimeZone)).toBe(false);
    expect(() => timeZoneOf('Europe/Atlantis')).toThrow(RangeError);
  });

  it('have a clock at every instant, so that one without any data is refused', () => {
    expect(() => periodOf(0, { id: 'Test/Empty', segments: [] })).toThrow('time zone Test/Empty has no segment 0');
  });

  it('are built once', () => {
    expect(timeZoneOf('Europe/Berlin')).toBe(timeZoneOf('Europe/Berlin'));
  });
});
