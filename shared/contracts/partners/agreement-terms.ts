import * as z from 'zod';
import { categorySchema, countrySchema, instantSchema } from '#shared/contracts/fields';
import { componentsSchema } from '#shared/contracts/payouts/plans/plan';

/** Published plans; numbers above are for components agreed with one partner alone. */
export const planVersionSchema = z.int().min(1).max(1_000_000);

/** A contract of some forty pages; body and item have room for it beside the rest. */
const MAX_TEXT_BYTES = 100_000;
const MAX_TERM_MONTHS = 120;
const MAX_NOTICE_DAYS = 730;
/** A partner's terms are one record, which an exclusivity must not fill. */
const MAX_CATEGORIES = 20;
const MAX_COUNTRIES = 100;

export const termMonthsSchema = z.int().min(1).max(MAX_TERM_MONTHS);
export const afterEndSchema = z.enum(['stop', 'honour_until_window_ends']).meta({
  description:
    'What the end means for customers who bought before it: nothing more is paid, or shares with a window go on until it ends.',
});

/** Hashing must have one answer, so half a character (a lone surrogate) is refused. */
const textSchema = z
  .string()
  .refine((text) => text.trim() !== '', 'must not be blank')
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
  .refine(
    (text) => new TextEncoder().encode(text).byteLength <= MAX_TEXT_BYTES,
    `must have at most ${MAX_TEXT_BYTES} bytes`,
  )
  .meta({
    description: 'The contract, as text or Markdown. Kept as it is sent; its SHA-256 is what the partner accepts.',
  });

const distinct = <T extends z.ZodType<string>>(item: T, max: number) =>
  z
    .array(item)
    .min(1)
    .max(max)
    .transform((values): string[] => [...new Set<string>(values)].toSorted());

export const exclusivitySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('category'),
      categories: distinct(categorySchema, MAX_CATEGORIES),
      until: instantSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal('geography'),
      countries: distinct(countrySchema, MAX_COUNTRIES),
      until: instantSchema.optional(),
    }),
  ])
  .meta({
    description:
      'A promise that no other partner of the programme is promised the same category or country at the same time. It ends with the version, or at until. It changes no commission.',
  });

/** What one version of an agreement says. `checkTerms` holds what spans several fields. */
export const termsFields = {
  startsAt: instantSchema,
  planVersion: planVersionSchema
    .optional()
    .meta({ description: 'A published plan. Exactly one of planVersion and components.' }),
  components: componentsSchema.optional().meta({
    description: 'Components for this partner alone, by the rules of plans. Exactly one of planVersion and components.',
  }),
  endsAt: instantSchema.optional().meta({ description: 'A fixed end; not beside termMonths.' }),
  termMonths: termMonthsSchema.optional().meta({
    description: "Calendar months in the programme's time zone, from the moment at which the version takes effect.",
  }),
  renewal: z.enum(['automatic', 'by_agreement', 'none']).optional().meta({
    description:
      "At a term's end: automatic rolls on; by_agreement ends unless it is renewed; none (the default) ends unless a new version follows.",
  }),
  noticeDays: z
    .int()
    .min(0)
    .max(MAX_NOTICE_DAYS)
    .optional()
    .meta({ description: 'Calendar days of notice. Default: 0.' }),
  afterEnd: afterEndSchema.optional(),
  text: textSchema.optional(),
  requiresAcceptance: z.boolean().optional().meta({
    description: 'Counts only once the partner has accepted the text. Default: true with a text, false without.',
  }),
  exclusivity: exclusivitySchema.optional(),
};

type Terms = {
  readonly startsAt: string;
  readonly planVersion?: number | undefined;
  readonly components?: unknown;
  readonly endsAt?: string | undefined;
  readonly termMonths?: number | undefined;
  readonly renewal?: string | undefined;
  readonly text?: string | undefined;
  readonly requiresAcceptance?: boolean | undefined;
  readonly exclusivity?: z.output<typeof exclusivitySchema> | undefined;
};

/** The rules of terms that span several fields, each at the field that breaks it. */
export function checkTerms(terms: Terms, context: z.RefinementCtx): void {
  const need = (path: string[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  const { startsAt, planVersion, components, endsAt, termMonths, renewal, text, requiresAcceptance, exclusivity } =
    terms;
  if (planVersion === undefined && components === undefined) need(['planVersion'], 'or components must be given');
  if (planVersion !== undefined && components !== undefined) need(['components'], 'must not stand beside planVersion');
  if (endsAt !== undefined && endsAt <= startsAt) need(['endsAt'], 'must be after startsAt');
  if (endsAt !== undefined && termMonths !== undefined) need(['endsAt'], 'must not stand beside termMonths');
  if (renewal !== undefined && termMonths === undefined) need(['renewal'], 'needs termMonths');
  if (requiresAcceptance && text === undefined) need(['text'], 'must be given when it is to be accepted');
  if (exclusivity && exclusivity.kind !== 'none' && exclusivity.until !== undefined && exclusivity.until <= startsAt) {
    need(['exclusivity', 'until'], 'must be after startsAt');
  }
}
