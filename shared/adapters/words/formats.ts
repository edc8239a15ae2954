import { LOCALES } from '#shared/adapters/words/say';
import type { Amount, Language, Reader } from '#shared/application/notifications/messages';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** Numbers, amounts and times as a reader's language writes them. */

type Clock = Pick<Reader, 'language' | 'timeZone'>;

const kept = new Map<string, unknown>();

/** Making a format costs more than using it a hundred times. */
function keep<Format>(id: string, make: () => Format): Format {
  const known = kept.get(id) as Format | undefined;
  if (known !== undefined) return known;
  const made = make();
  kept.set(id, made);
  return made;
}

/** Exact, with all decimals of the currency: `€1,234.50`, `1.234,50 €`. */
export function amountIn(language: Language, { minor, currency }: Amount): string {
  const decimals = decimalsOf(currency);
  const format = keep(`amount ${language} ${currency}`, () => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency, ...digits });
  });
  return format.format(toDecimal(minor, currency) as `${number}`);
}

export function countIn(language: Language, count: bigint | number): string {
  return keep(`count ${language}`, () => new Intl.NumberFormat(LOCALES[language])).format(count);
}

/** A rate in basis points as per cent, with at most two decimals: all that it can have. */
export function percentIn(language: Language, rateBps: number): string {
  return keep(
    `percent ${language}`,
    () => new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 2 }),
  ).format(rateBps / 10_000);
}

export function listIn(language: Language, items: readonly string[]): string {
  return keep(`list ${language}`, () => new Intl.ListFormat(LOCALES[language])).format(items);
}

/** A tier as it is shown: programmes name them by short keys, of which `premium_plus` reads `Premium plus`. */
export function named(key: string): string {
  return withCapital(key.replaceAll(/[_-]+/g, ' ').trim());
}

export function withCapital(words: string): string {
  return words.charAt(0).toLocaleUpperCase('en') + words.slice(1);
}

/** What comes before a value. French sets a space before the colon, at which no line may break. */
export function labelled(language: Language, label: string, value?: string): string {
  const colon = language === 'fr' ? '\u00a0:' : ':';
  return value === undefined ? `${label}${colon}` : `${label}${colon} ${value}`;
}

function timeFormat({ language, timeZone }: Clock, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `time ${language} ${timeZone} ${Object.keys(options).join()}`;
  return keep(id, () => new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone }));
}

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** The day on the reader's calendar. */
export function dayIn(clock: Clock, instant: Instant): string {
  return withFrenchFirst(clock.language, timeFormat(clock, DAY).format(toEpochMs(instant)));
}

/** Of the days of a month French counts only the first as such: `1er décembre`. CLDR writes `1 décembre`. */
function withFrenchFirst(language: Language, day: string): string {
  return language === 'fr' ? day.replace(/^1 /, '1er ') : day;
}

/** Day, time and the name of the zone, for what happens at a time. */
export function momentIn(clock: Clock, instant: Instant): string {
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return withFrenchFirst(clock.language, timeFormat(clock, { ...DAY, ...time }).format(toEpochMs(instant)));
}

/** Until when something is possible: what ends at midnight ends with the day before, anything else at its time. */
export function deadlineIn(clock: Clock, end: Instant): string {
  return isMidnight(clock, end) ? lastDayIn(clock, end) : momentIn(clock, end);
}

/** The last day of which something is left before the end. */
export function lastDayIn(clock: Clock, end: Instant): string {
  return dayIn(clock, isMidnight(clock, end) ? toInstant(toEpochMs(end) - 1) : end);
}

function isMidnight(clock: Clock, instant: Instant): boolean {
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const parts = timeFormat(clock, time).formatToParts(toEpochMs(instant));
  return parts.every(({ type, value }) => type === 'literal' || Number(value) === 0);
}

/** `November 2026`. A period is a month of the calendar, whatever the reader's clock shows. */
export function periodIn(language: Language, period: Period): string {
  return monthIn({ language, timeZone: 'UTC' }, `${period}-01T00:00:00.000Z` as Instant);
}

/** The month on the reader's calendar. */
export function monthIn(clock: Clock, instant: Instant): string {
  return timeFormat(clock, { month: 'long', year: 'numeric' }).format(toEpochMs(instant));
}
