import * as z from 'zod';
import { categorySchema, countrySchema, currencySchema, minorSchema, tierSchema } from '#shared/contracts/fields';

const MAX_COMPONENTS = 20;
const MAX_BRACKETS = 50;
const MAX_TIERS = 50;
const MAX_RATES = 100;

const componentIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits or ._-');
const rateSchema = z.int().meta({ description: 'Basis points: 1000 is 10 %.' });
const currency = currencySchema.optional().meta({
  description:
    "What the component's fixed amounts, bracket bounds and caps are in; it then pays only in this currency. Default: the programme's.",
});
const caps = {
  capPerCustomerMinor: minorSchema
    .optional()
    .meta({ description: "The most it pays on one customer's sales in a statement, before clawbacks." }),
  capPerPeriodMinor: minorSchema.optional().meta({ description: 'The most it pays in a statement, before clawbacks.' }),
};
const amount = { id: componentIdSchema, amountMinor: minorSchema, currency };

/** At least one of category and country is held by the rules of the domain. */
const rateRuleSchema = z.strictObject({
  category: categorySchema.optional(),
  country: countrySchema.optional(),
  tier: tierSchema.optional(),
  rateBps: rateSchema,
});

/** A share by tier has `ratesByTier`; one by brackets has `brackets`, `mode` and `metric`. */
const revenueShareSchema = z
  .strictObject({
    kind: z.literal('revenue_share'),
    id: componentIdSchema,
    ratesByTier: z
      .record(z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a lower-case tier name'), rateSchema)
      .optional(),
    brackets: z
      .array(z.strictObject({ upTo: minorSchema.nullable(), rateBps: rateSchema }))
      .max(MAX_BRACKETS)
      .optional(),
    mode: z.enum(['graduated', 'volume']).optional(),
    metric: z.enum(['revenue', 'conversions']).optional(),
    rates: z.array(rateRuleSchema).max(MAX_RATES).optional().meta({
      description:
        'Rates by category, country and tier: the rule that names most of the sale wins, of equal ones the earliest.',
    }),
    ...caps,
    currency,
    windowMonths: z.int().optional(),
  })
  .superRefine((component, context) => {
    const need = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (component.ratesByTier && component.brackets) need('brackets', 'must not stand beside ratesByTier');
    if (!component.ratesByTier && !component.brackets) need('ratesByTier', 'or brackets must be given');
    if (component.ratesByTier && Object.keys(component.ratesByTier).length > MAX_TIERS) {
      need('ratesByTier', `must name at most ${MAX_TIERS} tiers`);
    }
    if (component.brackets && !component.mode) need('mode', 'must be given with brackets');
    if (component.brackets && !component.metric) need('metric', 'must be given with brackets');
    if (!component.brackets && component.mode) need('mode', 'belongs to brackets');
    if (!component.brackets && component.metric) need('metric', 'belongs to brackets');
  });

export const componentSchema = z.discriminatedUnion('kind', [
  revenueShareSchema,
  z.strictObject({ kind: z.literal('referral_fee'), ...amount, ...caps }),
  z.strictObject({ kind: z.literal('fixed_fee'), ...amount, prorate: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('minimum_commitment'), ...amount }),
]);

export const componentsSchema = z.array(componentSchema).min(1).max(MAX_COMPONENTS);

export const planBodySchema = z.strictObject({
  version: z.int().min(1).max(1_000_000),
  components: componentsSchema,
});
export type PlanBody = z.output<typeof planBodySchema>;

export const planSchema = z.object({
  version: z.int(),
  components: z.array(componentSchema),
  publishedBy: z.string(),
  publishedAt: z.string(),
});
