import * as z from 'zod';
import { currencySchema, positiveMinorSchema } from '#shared/contracts/fields';

const MAX_RATE_BPS = 10_000;
/** Ten years of days: longer is no period any more. */
const MAX_PERIOD_LENGTH = 3_650;

/** What a customer gets for a code. Amounts are minor units of the code's `currency`. */
export const discountSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('percent'),
      rateBps: z.int().min(1).max(MAX_RATE_BPS).meta({ description: 'Basis points: 1000 is 10 %.', example: 1000 }),
      capMinor: positiveMinorSchema.optional().meta({ description: 'At most this much comes off.' }),
    }),
    z.strictObject({
      kind: z.literal('fixed'),
      amountMinor: positiveMinorSchema.meta({ description: 'Minor units of `currency`.', example: 500 }),
    }),
    z.strictObject({
      kind: z.literal('free_period'),
      length: z.int().min(1).max(MAX_PERIOD_LENGTH).meta({ example: 3 }),
      unit: z.enum(['days', 'months']),
    }),
  ])
  .meta({ description: 'What a customer gets. Without it the code only says who sent the customer.' });

/** The terms of a code as they are sent; `currency` is needed where any amount is. */
export const offerTermsShape = {
  discount: discountSchema.optional(),
  currency: currencySchema.optional().meta({
    description: 'Of every amount of the code; a spend must be in it. Needed where there is an amount.',
    example: 'EUR',
  }),
  minimumSpendMinor: positiveMinorSchema
    .optional()
    .meta({ description: 'The basket must be worth this.', example: 2000 }),
  newCustomersOnly: z.boolean().optional().meta({
    description: 'Not for customers with a recorded sale, nor for those whom the merchant says are not new.',
  }),
};

/** The same as answers show it. */
export const offerTermsAnswerShape = {
  discount: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('percent'), rateBps: z.int(), capMinor: z.int().optional() }),
      z.object({ kind: z.literal('fixed'), amountMinor: z.int() }),
      z.object({ kind: z.literal('free_period'), length: z.int(), unit: z.enum(['days', 'months']) }),
    ])
    .optional(),
  currency: z.string().optional(),
  minimumSpendMinor: z.int().optional(),
  newCustomersOnly: z.boolean().optional(),
};
