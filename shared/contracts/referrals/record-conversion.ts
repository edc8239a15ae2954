import * as z from 'zod';
import {
  categorySchema,
  countrySchema,
  currencySchema,
  idSchema,
  instantSchema,
  nonNegativeMinorSchema,
  referenceSchema,
} from '#shared/contracts/fields';
import { attributionRulesSchema } from '#shared/contracts/payouts/programs/program-settings';
import { creditAnswerSchema, creditsSchema } from '#shared/contracts/referrals/credits';
import { signalSchema } from '#shared/contracts/referrals/hold';
import { defineRoute } from '#shared/contracts/route';
import { isRate } from '#shared/domain/money/convert-money';

/** Far more than one visit has; every one costs a signature check. */
const MAX_CLICK_TOKENS = 10;

/** Far above any that was given out: what customers bring along, however mangled, must not lose the sale. */
const MAX_TOKEN_LENGTH = 4_096;
const MAX_TYPED_CODE_LENGTH = 256;

const MAX_SOURCE_LENGTH = 140;
const MAX_DEVICE_HINT_LENGTH = 512;

const sha256Schema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 hexadecimal digits');

/** Where the amount was converted: what it was before, and how, so that anybody can redo it. */
const convertedFromSchema = z.strictObject({
  minor: nonNegativeMinorSchema.meta({ description: 'Minor units before the conversion.', example: 10000 }),
  currency: currencySchema.meta({ example: 'JPY' }),
  rate: z
    .string()
    .refine(isRate, 'must be a decimal above zero as text, such as "0.0061", with at most 12 digits on either side')
    .meta({ description: "Main units of the amount's currency for one main unit of this one.", example: '0.0061' }),
  source: z.string().trim().min(1).max(MAX_SOURCE_LENGTH).meta({ description: 'Who stated the rate.', example: 'ECB' }),
  at: instantSchema.meta({ description: 'When the rate was taken.', example: '2026-01-10T15:00:00Z' }),
});

export const conversionSchema = z.strictObject({
  orderId: referenceSchema.meta({ description: "The merchant's order number: the business key.", example: '536365' }),
  customerId: referenceSchema.meta({
    description:
      'The same customer always has the same id. One that is an e-mail address is replaced by its hash (as `customerEmailHash`), which the answer shows.',
    example: '17850',
  }),
  occurredAt: instantSchema.meta({ description: 'When the sale happened.', example: '2010-12-01T08:26:00Z' }),
  amount: z.strictObject({
    minor: nonNegativeMinorSchema.meta({
      description: 'Minor units (pence, cents, yen), without tax.',
      example: 13912,
    }),
    currency: currencySchema.meta({ example: 'GBP' }),
  }),
  clickToken: z.string().max(MAX_TOKEN_LENGTH).optional().meta({
    description:
      'The `ts_click` that the landing page received, or the whole field that `/ts.js` filled. One that is not genuine never loses the sale.',
  }),
  clickTokens: z.array(z.string().max(MAX_TOKEN_LENGTH)).max(MAX_CLICK_TOKENS).optional().meta({
    description:
      'All that the customer came with, in any order, beside or in place of `clickToken`; the same one counts once.',
  }),
  code: z
    .string()
    .max(MAX_TYPED_CODE_LENGTH)
    .optional()
    .meta({ description: 'The code the customer used.', example: 'TALLY10' }),
  partnerId: idSchema.optional().meta({ description: 'Names the partner outright; outranks token and code.' }),
  credits: creditsSchema.optional().meta({
    description:
      'Several partners in place of `partnerId`, with shares that come to 10000. Each has its part of the sale, of every ' +
      'refund and, by its own terms, of a referral fee; parts add up exactly. Their order changes nothing.',
  }),
  customerFirstPurchaseAt: instantSchema.optional().meta({
    description: "The customer's first purchase before this programme. Counts until the period of the first is closed.",
  }),
  isNewCustomer: z
    .boolean()
    .optional()
    .meta({
      description:
        'Whether the customer had never bought, as far as you know. False: it bought before, which matters where only new ' +
        'customers pay; name `customerFirstPurchaseAt` to move its first purchase. True never outweighs a purchase on record.',
    }),
  customerEmailHash: sha256Schema.optional().meta({
    description:
      "SHA-256 of the buyer's e-mail address without surrounding space, in lower case, in hexadecimal digits: recognises a partner that buys from itself.",
  }),
  paymentHash: sha256Schema.optional().meta({
    description:
      'SHA-256 of the account that the buyer paid from, in hexadecimal digits: of an IBAN without spaces, in capitals.',
  }),
  deviceHint: z.string().trim().min(1).max(MAX_DEVICE_HINT_LENGTH).optional().meta({
    description: "Anything that names the buyer's device, such as a cookie's value. Only a hash of it is kept.",
  }),
  category: categorySchema.optional().meta({ description: 'What was sold, for rates by category.', example: 'books' }),
  country: countrySchema.optional().meta({ description: 'Where it was sold, for rates by country.', example: 'DE' }),
  convertedFrom: convertedFromSchema.optional().meta({
    description:
      'The money before it was converted. `amount.minor` must be its minor units x rate in the other currency, rounded half to even; otherwise 422 with the expected amount.',
  }),
});

const touchKindSchema = z.enum(['partner', 'binding', 'code', 'link']).meta({
  description: '`binding`: the customer is bound to the partner.',
});

const touchSchema = z.object({
  kind: touchKindSchema,
  reference: z
    .string()
    .optional()
    .meta({ description: 'Partner id, code, slug, or the order that bound the customer.' }),
  partnerId: z.string().optional(),
  at: z.string().optional(),
  clickId: z.string().optional(),
  flags: z
    .array(z.enum(['bot', 'prefetch', 'paid_search']))
    .optional()
    .meta({ description: 'What the redirect saw of the click; no reason to reject it by itself.' }),
  outcome: z.enum(['won', 'outweighed', 'rejected']),
  rejected: z.string().optional().meta({ description: 'Why the touch could not count.' }),
});

export const convertedMoneySchema = z.object({
  minor: z.int(),
  currency: z.string(),
  rate: z.string(),
  source: z.string(),
  at: z.string(),
});

export const conversionAnswerSchema = z.object({
  orderId: z.string(),
  customerId: z.string(),
  partnerId: z.string().nullable(),
  occurredAt: z.string(),
  period: z.string().meta({ description: 'The month that pays it, in the time zone of the programme.' }),
  amount: z.object({ minor: z.int(), currency: z.string() }),
  category: z.string().optional(),
  country: z.string().optional(),
  convertedFrom: convertedMoneySchema.optional().meta({ description: 'The money before it was converted, and how.' }),
  credits: z
    .array(creditAnswerSchema)
    .optional()
    .meta({ description: 'Of a split sale, which has no `partnerId`: what each partner has of it, by partner id.' }),
  outcome: z.enum(['attributed', 'unattributed', 'earns_nothing']),
  earnsNothing: z.string().optional().meta({
    description:
      'Why an attributed sale earns nothing. `fraud_hold`: it is held for review; `fraud_void`: so it was decided.',
  }),
  signals: z
    .array(signalSchema)
    .optional()
    .meta({ description: 'What may be wrong with it. Never shown to partners.' }),
  holdUntil: z.string().optional().meta({ description: 'Of a held sale: by when it is to be decided on.' }),
  attribution: z.object({
    winner: z.object({ kind: touchKindSchema, partnerId: z.string(), reference: z.string().optional() }).nullable(),
    touches: z.array(touchSchema),
    why: z.string(),
    rules: attributionRulesSchema.optional().meta({
      description: 'The settings that decided, as they were in force then. Absent: decided before they were kept.',
    }),
    settingsVersion: z.int().optional(),
  }),
});

export const recordConversionRoute = defineRoute({
  name: 'record-conversion',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/conversions',
  summary: 'Record a sale',
  description:
    'Safe to repeat: the same order with the same content answers 200 with what was recorded first, other content 409. ' +
    'A sale that no partner can claim is kept unattributed.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema }),
  body: conversionSchema,
  status: 201,
  response: conversionAnswerSchema,
});
