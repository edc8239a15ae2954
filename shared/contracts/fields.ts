import * as z from 'zod';
import type { Instant, Period } from '#shared/domain/time/instant';

/** What a value must be, in words of our own; one that is not there is told to be missing, as everywhere. */
export const whenGiven =
  (rule: string) =>
  ({ input }: { readonly input?: unknown }): string | undefined =>
    input === undefined ? undefined : rule;

/** Ids that people and merchants choose: safe in a path, a key and a bank file. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, colons, dashes or underscores');

/** A merchant's own reference (order, customer, refund): printable ASCII without spaces or `#`, which joins keys. */
export const referenceSchema = z
  .string()
  .regex(/^[!"$-~]{1,128}$/, 'must be 1 to 128 printable ASCII characters without spaces or #');

export const nameSchema = z.string().trim().min(1).max(140);

export const currencySchema = z
  .string()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'must be an ISO 4217 currency code such as GBP');

/** ISO 3166-1 alpha-2, the officially assigned codes. */
export const COUNTRIES: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC ' +
    'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD ' +
    'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH ' +
    'KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW ' +
    'MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC ' +
    'SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY ' +
    'UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

/** Where a sale counts as made; the merchant decides what that means, e.g. the country of delivery. */
export const countrySchema = z
  .string()
  .refine((code) => COUNTRIES.has(code), 'must be an ISO 3166 country code such as GB');

/** What kind of thing was sold, in the merchant's own words. */
export const categorySchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'must be 1 to 64 lower-case letters, digits, dots, dashes or underscores, such as books',
  );

/** Integer minor units within the safe range. */
export const minorSchema = z.int();
export const positiveMinorSchema = z.int().min(1);
export const nonNegativeMinorSchema = z.int().min(0);

export const moneySchema = z.object({ minor: nonNegativeMinorSchema, currency: currencySchema });

const EARLIEST_MS = Date.parse('1980-01-01T00:00:00Z');
const LATEST_MS = Date.parse('2100-01-01T00:00:00Z');

/** ISO 8601 with `Z` or an offset, at most milliseconds; parsed to the canonical UTC form. */
export const instantSchema = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: whenGiven('must be an ISO 8601 time with a zone, such as 2026-01-31T23:59:59Z'),
  })
  .refine((text) => !/\.\d{4,}/.test(text), 'must not be finer than a millisecond')
  .refine((text) => {
    const ms = Date.parse(text);
    return ms >= EARLIEST_MS && ms < LATEST_MS;
  }, 'must lie between 1980 and 2100')
  .transform((text) => new Date(text).toISOString() as Instant);

const AS_OF_RULE =
  'must be a date such as 2026-01-31, which means its end in UTC, or a time with a zone such as 2026-01-31T23:59:59Z, from 1980 to 2099';

/** Until when a question counts, inclusive: a date to the last millisecond of its UTC day, an instant to itself. */
export const asOfSchema = z.string().transform((text, context): Instant => {
  const isDate = z.iso.date().safeParse(text).success;
  const { data } = instantSchema.safeParse(isDate ? `${text}T23:59:59.999Z` : text);
  if (data !== undefined) return data;
  context.addIssue({ code: 'custom', message: AS_OF_RULE, input: text });
  return z.NEVER;
});

export const periodSchema = z
  .string()
  .regex(/^(19[89]\d|20\d\d)-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-01')
  .transform((text) => text as Period);

export const tierSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a lower-case name such as certified');

export const timeZoneSchema = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Europe/London');

export const cursorSchema = z.string().max(1024).optional();
export const limitSchema = z.coerce.number().int().min(1).max(200).default(50);

export const pageOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; nextCursor: z.ZodOptional<z.ZodString> }> =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** RFC 9457. Some codes add members of their own, such as `duePeriod` or `runId`. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), rule: z.string() })).optional(),
});
