import * as z from 'zod';
import { currencySchema, positiveMinorSchema } from '#shared/contracts/fields';
import { DISPUTE_STATUSES } from '#shared/domain/partner/dispute';

export const MAX_TEXT_LENGTH = 4_000;
const MAX_VALUE_LENGTH = 2_000;
const MAX_EVIDENCE = 10;

/** Texts and evidence of a dispute are up to 100 kB, and an answer of a function at most 6 MB. */
const MAX_A_PAGE = 50;
export const disputesLimitSchema = z.coerce.number().int().min(1).max(MAX_A_PAGE).default(25);

export const textSchema = z.string().trim().min(1).max(MAX_TEXT_LENGTH);

export const evidenceSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('note'), value: z.string().trim().min(1).max(MAX_VALUE_LENGTH) }),
      z.strictObject({
        kind: z.literal('url'),
        value: z.url({ protocol: /^https$/, error: 'must be an https address' }).max(MAX_VALUE_LENGTH),
      }),
      z.strictObject({ kind: z.literal('reference'), value: z.string().trim().min(1).max(MAX_VALUE_LENGTH) }),
    ]),
  )
  .max(MAX_EVIDENCE);

export const remedySchema = z.union([
  z.strictObject({ adjustment: z.strictObject({ amountMinor: positiveMinorSchema, currency: currencySchema }) }),
  z.strictObject({ reattribute: z.literal(true) }),
]);

export const outcomeSchema = z.enum(['accepted', 'partly_accepted', 'declined']);

export const disputeSchema = z.object({
  disputeId: z.string(),
  partnerId: z.string(),
  orderId: z.string(),
  order: z
    .enum(['recorded', 'not_recorded'])
    .meta({ description: 'Whether the order was recorded when the dispute was filed, and nothing more of it.' }),
  kind: z.enum(['missing', 'incorrect', 'declined']),
  statement: z.string(),
  expected: z.object({ amountMinor: z.int(), currency: z.string() }).optional(),
  evidence: z.array(z.object({ kind: z.enum(['note', 'url', 'reference']), value: z.string() })),
  status: z.enum(DISPUTE_STATUSES).meta({
    description:
      '`open` and `escalated` wait for an answer. `decided`: accepted, the remedy is being carried out. `failed`: it could ' +
      'not be and is decided anew; a partner sees `decided`. `carried_out`, `declined`, `withdrawn`: ended.',
  }),
  filedAt: z.string(),
  answerBy: z
    .string()
    .meta({ description: 'Filed plus `controls.disputeAnswerDays`, on the wall clock of the programme.' }),
  overdue: z.boolean(),
  escalatedAt: z.string().optional(),
  escalationContact: z.string().optional().meta({ description: 'Who hears of it when it is overdue.' }),
  filedBy: z.string().optional().meta({ description: 'Not shown to partners.' }),
  decision: z
    .object({
      outcome: outcomeSchema,
      explanation: z.string(),
      remedy: z
        .object({
          kind: z.enum(['adjustment', 'reattribution']),
          amountMinor: z.int().optional(),
          currency: z.string().optional(),
        })
        .optional(),
      decidedAt: z.string(),
      decidedBy: z.string().optional().meta({ description: 'Not shown to partners.' }),
    })
    .optional()
    .meta({ description: 'The last one.' }),
  effect: z
    .object({
      kind: z.enum(['adjustment', 'reattribution', 'failed']),
      adjustmentId: z.string().optional(),
      state: z.enum(['proposed', 'recorded', 'declined']).optional(),
      reattributionId: z.string().optional(),
      period: z.string().optional().meta({ description: 'The month whose statement pays it.' }),
      waitsFor: z
        .literal('second_person')
        .optional()
        .meta({ description: 'The adjustment is above the limit of one person.' }),
      reason: z
        .string()
        .optional()
        .meta({ description: 'Why the remedy could not be carried out. Not shown to partners.' }),
    })
    .optional()
    .meta({ description: 'What the decision brought about.' }),
});

export const disputeMessageSchema = z.object({
  messageId: z.string(),
  at: z.string(),
  from: z.enum(['partner', 'staff']),
  by: z.string().optional().meta({ description: 'Not shown to partners.' }),
  internal: z.boolean().optional().meta({ description: 'A note among staff. Not shown to partners.' }),
  text: z.string(),
  evidence: z.array(z.object({ kind: z.enum(['note', 'url', 'reference']), value: z.string() })),
});
