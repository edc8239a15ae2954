import * as z from 'zod';
import {
  currencySchema,
  idSchema,
  instantSchema,
  nonNegativeMinorSchema,
  referenceSchema,
} from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

/** Far above any that was given out: what customers bring along, however mangled, must not lose the sale. */
const MAX_TOKEN_LENGTH = 4_096;
const MAX_TYPED_CODE_LENGTH = 256;

export const conversionSchema = z.strictObject({
  orderId: referenceSchema.meta({ description: "The merchant's order number: the business key.", example: '536365' }),
  customerId: referenceSchema.meta({ description: 'The same customer always has the same id.', example: '17850' }),
  occurredAt: instantSchema.meta({ description: 'When the sale happened.', example: '2010-12-01T08:26:00Z' }),
  amount: z.strictObject({
    minor: nonNegativeMinorSchema.meta({
      description: 'Minor units (pence, cents, yen), without tax.',
      example: 13912,
    }),
    currency: currencySchema.meta({ example: 'GBP' }),
  }),
  clickToken: z.string().max(MAX_TOKEN_LENGTH).optional().meta({
    description: 'The `ts_click` that the landing page received. One that is not genuine never loses the sale.',
  }),
  code: z
    .string()
    .max(MAX_TYPED_CODE_LENGTH)
    .optional()
    .meta({ description: 'The code the customer used.', example: 'TALLY10' }),
  partnerId: idSchema.optional().meta({ description: 'Names the partner outright; outranks token and code.' }),
  customerFirstPurchaseAt: instantSchema.optional().meta({
    description: "The customer's first purchase before this programme. Counts until the period of the first is closed.",
  }),
});

const touchSchema = z.object({
  kind: z.enum(['partner', 'code', 'link']),
  reference: z.string().optional().meta({ description: 'Partner id, code or slug.' }),
  partnerId: z.string().optional(),
  at: z.string().optional(),
  clickId: z.string().optional(),
  outcome: z.enum(['won', 'outweighed', 'rejected']),
  rejected: z.string().optional().meta({ description: 'Why the touch could not count.' }),
});

export const conversionAnswerSchema = z.object({
  orderId: z.string(),
  customerId: z.string(),
  partnerId: z.string().nullable(),
  occurredAt: z.string(),
  period: z.string().meta({ description: 'The month that pays it, in the time zone of the programme.' }),
  amount: z.object({ minor: z.int(), currency: z.string() }),
  outcome: z.enum(['attributed', 'unattributed', 'earns_nothing']),
  earnsNothing: z.string().optional().meta({ description: 'Why an attributed sale earns nothing.' }),
  attribution: z.object({
    winner: z
      .object({ kind: z.enum(['partner', 'code', 'link']), partnerId: z.string(), reference: z.string().optional() })
      .nullable(),
    touches: z.array(touchSchema),
    why: z.string(),
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
