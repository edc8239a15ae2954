import * as z from 'zod';
import { FRAUD, fraudSchema } from '#shared/contracts/payouts/programs/fraud-settings';
import { destinationHostsSchema } from '#shared/contracts/tracking/destination-hosts';
import { utmTemplatesSchema } from '#shared/contracts/tracking/utm';

const MAX_WINDOW_DAYS = 366;
const MAX_BINDING_MONTHS = 120;
const MAX_DISCLOSURE_LENGTH = 500;

/** Fields without their defaults: a change names a few of them, and what it leaves out must stay. */
const ATTRIBUTION = {
  model: z.enum(['last_touch', 'first_touch', 'linear']).meta({
    description:
      'Which of several clicks gets the sale. `linear` shows equal shares beside the decision and pays as `last_touch`; to pay several partners, send `credits` with a sale.',
  }),
  windowDays: z.int().min(1).max(MAX_WINDOW_DAYS).meta({
    description: 'How old a click or code may be at the sale: days of exactly 24 hours, in no time zone.',
  }),
  codeBeatsLink: z.boolean(),
  newCustomersOnly: z.boolean().meta({ description: 'Sales to customers who bought before earn nothing.' }),
  bindCustomers: z.enum(['never', 'first_sale']).meta({
    description: 'Whether the first attributed sale binds its customer to the partner for later sales.',
  }),
  bindingBeatsTouches: z.boolean().meta({
    description:
      'Whether a bound customer stays with its partner although later clicks and codes lead to others. A partner that the ' +
      'merchant names outranks both.',
  }),
  bindingMonths: z.int().min(1).max(MAX_BINDING_MONTHS).meta({
    description: 'Calendar months that a sale binds its customer for. Absent: until a manager unbinds the customer.',
  }),
};

const disclosureSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_DISCLOSURE_LENGTH)
  .refine(
    (text) => !/[{}]/.test(text.replaceAll(/\{(merchant|payee)\}/g, '')),
    'may have {merchant} and {payee} in braces, and nothing else',
  );

const TRACKING = {
  destinationHosts: destinationHostsSchema,
  utm: utmTemplatesSchema,
  language: z.enum(['en', 'de', 'es', 'fr']).meta({ description: "Of the customers' pages." }),
  disclosure: disclosureSchema.meta({
    description:
      'What customers read about who is paid, in the words of the programme; `{merchant}` and `{payee}` stand for the names.',
  }),
  paidSearch: z.enum(['allow', 'forbid']).meta({ description: 'Whether partners may buy clicks from search engines.' }),
};

const attributionSchema = z.object({
  model: ATTRIBUTION.model.default('last_touch'),
  windowDays: ATTRIBUTION.windowDays.default(90),
  codeBeatsLink: ATTRIBUTION.codeBeatsLink.default(true),
  newCustomersOnly: ATTRIBUTION.newCustomersOnly.default(false),
  bindCustomers: ATTRIBUTION.bindCustomers.default('never'),
  bindingBeatsTouches: ATTRIBUTION.bindingBeatsTouches.default(true),
  bindingMonths: ATTRIBUTION.bindingMonths.optional(),
});

/** The attribution settings that decide whom a sale goes to, as a decision keeps them. */
export const attributionRulesSchema = attributionSchema.pick({
  model: true,
  windowDays: true,
  codeBeatsLink: true,
  newCustomersOnly: true,
  bindCustomers: true,
  bindingBeatsTouches: true,
  bindingMonths: true,
});

const trackingSchema = z.object({
  destinationHosts: TRACKING.destinationHosts.default([]),
  utm: TRACKING.utm.optional(),
  language: TRACKING.language.default('en'),
  disclosure: TRACKING.disclosure.optional(),
  disclosureVersion: z.int().default(1).meta({ description: 'Counts up when the disclosure or the language changes.' }),
  paidSearch: TRACKING.paidSearch.default('allow'),
});

/** The settings of a programme in full, as answered and as stored; what is absent has its default. */
export const programSettingsSchema = z.object({
  attribution: attributionSchema.prefault({}),
  tracking: trackingSchema.prefault({}),
  fraud: fraudSchema.prefault({}),
});

/** What holds for a programme that says nothing, or is older than a setting. */
export const DEFAULT_SETTINGS: z.output<typeof programSettingsSchema> = programSettingsSchema.parse({});

type Changeable<T extends z.ZodRawShape> = z.ZodObject<
  { readonly [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K] & z.ZodType>> },
  z.core.$strict
>;

function changeable<T extends z.ZodRawShape>(fields: T): Changeable<T> {
  const named = Object.entries(fields).map(([name, field]) => [name, (field as z.ZodType).nullable().optional()]);
  return z.strictObject(Object.fromEntries(named)) as unknown as Changeable<T>;
}

const CHANGES = {
  attribution: changeable(ATTRIBUTION),
  tracking: changeable(TRACKING),
  fraud: changeable(FRAUD),
};

/** What a new programme may say; the rest has its defaults. */
export const programSettingsBody = {
  attribution: z.strictObject(ATTRIBUTION).partial().optional(),
  tracking: z.strictObject(TRACKING).partial().optional(),
  fraud: z.strictObject(FRAUD).partial().optional(),
};

/** A change: what is absent stays, null brings a setting back to its default (RFC 7396). */
export const settingsChangeSchema = z
  .strictObject({
    attribution: CHANGES.attribution.optional(),
    tracking: CHANGES.tracking.optional(),
    fraud: CHANGES.fraud.optional(),
  })
  .refine(
    (change) => Object.values(change).some((section) => section && Object.keys(section).length > 0),
    'must name at least one setting',
  );
