import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';

const DEFAULT_LOCALE = 'en-GB';
const MAX_HEADER_LENGTH = 200;
/** A Lambda lives for hours and meets few locales and zones; a bound all the same. */
const MAX_KEPT = 500;

/**
 * Numbers, amounts and times as they are written where the reader is, with the words of the console's language: a reader of `de-DE`
 * sees `1.234,50 €`. Times are in the programme's time zone.
 */
export type Format = {
  readonly locale: string;
  readonly timeZone: string;
  /** Exact, with all decimals of the currency. @param minor integer of minor units */
  readonly amount: (minor: number | bigint, currency: string) => string;
  /** With a plus sign before what is above zero: a change. */
  readonly change: (minor: number | bigint, currency: string) => string;
  readonly count: (count: number | bigint) => string;
  /** Basis points as per cent. */
  readonly percent: (rateBps: number) => string;
  /** `22 Nov 2026`. @param instant ISO 8601, or milliseconds */
  readonly day: (instant: string | number) => string;
  /** `22 Nov 2026, 14:05 GMT`. */
  readonly moment: (instant: string | number) => string;
  /** `November 2026` of `2026-11`. */
  readonly period: (period: string) => string;
  /** `22 Nov` of `2026-11-22`: a day of the programme's calendar that is one already. */
  readonly dayOfMonth: (day: string) => string;
  /** `3 days ago`, `in 2 hours`; for what is near. */
  readonly relative: (instant: string | number, now: number) => string;
  readonly list: (items: readonly string[]) => string;
  /** The day on the programme's calendar as `2026-11-22`, for fields of forms. */
  readonly isoDay: (instant: string | number) => string;
};

const kept = new Map<string, unknown>();

/** Making a format costs more than using it a hundred times. */
function keep<T>(id: string, make: () => T): T {
  const known = kept.get(id) as T | undefined;
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const made = make();
  kept.set(id, made);
  return made;
}

/** The language and region that the reader's browser names first, if there are such. */
export function localeOf(acceptLanguage: string | undefined): string {
  const [first = ''] = (acceptLanguage ?? '').slice(0, MAX_HEADER_LENGTH).split(',');
  const tag = (first.split(';')[0] ?? '').trim();
  return keep(`locale ${tag}`, () => {
    try {
      return new Intl.Locale(tag).baseName;
    } catch {
      return DEFAULT_LOCALE;
    }
  });
}

/** The order of dates in the reader's region, with the words of the page's language. */
function wordsIn(locale: string): string {
  return keep(`words ${locale}`, () => {
    const { region } = new Intl.Locale(locale).maximize();
    return region ? `en-${region}` : DEFAULT_LOCALE;
  });
}

/** @param reader such as `de-DE`: how numbers are written, and by its region how dates are */
export function makeFormat(reader: string, timeZone: string): Format {
  const locale = wordsIn(reader);
  const digits = { numberingSystem: 'latn' } as const;
  const money = (minor: number | bigint, currency: string, signDisplay: 'auto' | 'exceptZero'): string => {
    const decimals = decimalsOf(currency);
    const format = keep(`amount ${reader} ${currency} ${signDisplay}`, () => {
      const shown = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      return new Intl.NumberFormat(reader, { style: 'currency', currency, signDisplay, ...shown, ...digits });
    });
    return format.format(toDecimal(BigInt(minor), currency) as `${number}`);
  };
  const time = (options: Intl.DateTimeFormatOptions, zone = timeZone): Intl.DateTimeFormat =>
    keep(
      `time ${locale} ${zone} ${JSON.stringify(options)}`,
      () => new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }),
    );
  return {
    locale: reader,
    timeZone,
    amount: (minor, currency) => money(minor, currency, 'auto'),
    change: (minor, currency) => money(minor, currency, 'exceptZero'),
    count: (count) => keep(`count ${reader}`, () => new Intl.NumberFormat(reader, digits)).format(count),
    percent: (rateBps) =>
      keep(
        `percent ${reader}`,
        () => new Intl.NumberFormat(reader, { style: 'percent', maximumFractionDigits: 2, ...digits }),
      ).format(rateBps / 10_000),
    day: (instant) => time(DAY).format(new Date(instant)),
    moment: (instant) => time(MOMENT).format(new Date(instant)),
    period: (period) => time({ month: 'long', year: 'numeric' }, 'UTC').format(new Date(`${period}-01T00:00:00Z`)),
    dayOfMonth: (day) => time({ day: 'numeric', month: 'short' }, 'UTC').format(new Date(`${day}T00:00:00Z`)),
    relative: (instant, now) => relative(locale, new Date(instant).getTime() - now),
    list: (items) => keep(`list ${locale}`, () => new Intl.ListFormat(locale)).format(items),
    isoDay: (instant) =>
      keep(`iso ${timeZone}`, () => new Intl.DateTimeFormat('en-CA', { ...ISO_DAY, timeZone })).format(
        new Date(instant),
      ),
  };
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const MOMENT = { ...DAY, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
const ISO_DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function relative(locale: string, distanceMs: number): string {
  const format = keep(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  for (const [unit, ms] of UNITS) {
    if (Math.abs(distanceMs) >= ms) return format.format(Math.trunc(distanceMs / ms), unit);
  }
  return format.format(0, 'minute');
}
