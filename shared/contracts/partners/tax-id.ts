import { stdnum } from 'stdnum';
import * as z from 'zod';
import { countrySchema } from '#shared/contracts/fields';

type Validator = { validate(value: string): { readonly isValid: boolean; readonly compact?: string } };
const NUMBERS = stdnum as unknown as Readonly<Record<string, Readonly<Record<string, Validator>>>>;

/** What value added tax numbers are called in the library, by country. Source: Directive 2006/112/EC, articles 214 and 215. */
const VAT: Readonly<Record<string, string>> = {
  AT: 'uid',
  BE: 'vat',
  BG: 'vat',
  CH: 'vat',
  CY: 'vat',
  CZ: 'dic',
  DE: 'vat',
  DK: 'cvr',
  EE: 'kmkr',
  ES: 'nif',
  FI: 'alv',
  FR: 'tva',
  GB: 'vat',
  GR: 'vat',
  HR: 'oib',
  HU: 'anum',
  IE: 'vat',
  IS: 'vsk',
  IT: 'iva',
  LT: 'pvm',
  LU: 'tva',
  LV: 'pvn',
  MT: 'vat',
  NL: 'btw',
  NO: 'mva',
  PL: 'nip',
  PT: 'nif',
  RO: 'cif',
  SE: 'vat',
  SI: 'ddv',
  SK: 'dph',
  ZA: 'vat',
};
/** Numbers of businesses alone: what identifies a private person in these countries is not asked for. */
const TAX: Readonly<Record<string, string>> = {
  AU: 'abn',
  BR: 'cnpj',
  CA: 'bn',
  GB: 'utr',
  IN: 'gstin',
  MX: 'rfc',
  NZ: 'ird',
  SG: 'uen',
  US: 'ein',
};

/** Written like this it is a private person's, whatever its digits. */
const SOCIAL_SECURITY = /^\d{3}-\d{2}-\d{4}$/;

/**
 * A number by which a tax office knows the partner. Where the library knows the country's numbers the check digits are verified;
 * whether the number was ever given to anybody is not known.
 */
export const taxIdSchema = z
  .strictObject({
    kind: z
      .enum(['vat', 'tax'])
      .meta({ description: 'A value added tax number, or another tax number of a business.' }),
    country: countrySchema,
    value: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ./-]{1,29}$/, 'must be 2 to 30 letters, digits, spaces, dots, slashes or dashes'),
  })
  .superRefine(({ kind, country, value }, context) => {
    const name = (kind === 'vat' ? VAT : TAX)[country];
    const isOfPerson = country === 'US' && SOCIAL_SECURITY.test(value);
    if (name === undefined || (NUMBERS[country]?.[name]?.validate(value).isValid && !isOfPerson)) return;
    const what = kind === 'vat' ? `VAT number of ${country}` : `business tax number of ${country} (${name})`;
    context.addIssue({ code: 'custom', path: ['value'], message: `must be a ${what} with valid check digits` });
  });
