import * as z from 'zod';
import { currencySchema, positiveMinorSchema, whenGiven } from '#shared/contracts/fields';
import { DISPUTE_STATUSES, REMEDIES_IN_WORDS } from '#shared/domain/partner/dispute';

export const MAX_TEXT_LENGTH = 4_000;
const MAX_VALUE_LENGTH = 2_000;
const MAX_EVIDENCE = 10;

/**
 * Texts and evidence of a dispute take up to 112 kB where each character is a quote, four bytes in JSON within JSON, and an
 * answer of a function at most 6 MB.
 */
export const MAX_DISPUTES_A_PAGE = 50;
export const disputesLimitSchema = z.coerce.number().int().min(1).max(MAX_DISPUTES_A_PAGE).default(25);

/** They take six bytes each in JSON, show nothing, and end a page of text for some readers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/u;

/** Words of a person. A line may end as Windows ends it; it is kept as a newline. */
function words(maxLength: number): z.ZodString {
  return z
    .string()
    .overwrite((text) => text.replaceAll('\r\n', '\n'))
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !CONTROL_CHARACTERS.test(text), 'must hold no control characters but newline and tab');
}

export const textSchema = words(MAX_TEXT_LENGTH);

export const evidenceSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('note'), value: words(MAX_VALUE_LENGTH) }),
      z.strictObject({
        kind: z.literal('url'),
        value: z
          .url({ protocol: /^https$/, error: whenGiven('must be an https address') })
          .max(MAX_VALUE_LENGTH)
          .refine((url) => !CONTROL_CHARACTERS.test(url), 'must hold no control characters'),
      }),
      z.strictObject({ kind: z.literal('reference'), value: words(MAX_VALUE_LENGTH) }),
    ]),
  )
  .max(MAX_EVIDENCE);

export const remedySchema = z.union(
  [
    z.strictObject({ adjustment: z.strictObject({ amountMinor: positiveMinorSchema, currency: currencySchema }) }),
    z.strictObject({
      reattribute: z.literal(true),
      despiteAdjustment: z
        .literal(true)
        .optional()
        .meta({ description: 'Although a dispute has paid for this order by an adjustment, or still may.' }),
    }),
  ],
  { error: `must be ${REMEDIES_IN_WORDS}` },
);

export const outcomeSchema = z.enum(['accepted', 'partly_accepted', 'declined']);

export const disputeSchema = z.object({
  disputeId: z.string(),
  partnerId: z.string(),
  orderId: z.string(),
  order: z
    .enum(['recorded', 'not_recorded', 'yours'])
    .optional()
    .meta({
      description:
        'What the order was when the dispute was filed: recorded or not. A partner reads only `yours`, of a sale of its own, ' +
        'and nothing of any other.',
    }),
  orderPartnerId: z
    .string()
    .optional()
    .meta({ description: 'Whose the recorded order was then; absent: nobody had it. Not shown to partners.' }),
  kind: z.enum(['missing', 'incorrect', 'declined']),
  statement: z.string(),
  expected: z.object({ amountMinor: z.int(), currency: z.string() }).optional(),
  evidence: z.array(z.object({ kind: z.enum(['note', 'url', 'reference']), value: z.string() })),
  status: z.enum(DISPUTE_STATUSES).meta({
    description:
      '`open` and `escalated` wait for an answer. `decided`: accepted, the remedy is being carried out. `failed`: it could ' +
      'not be and is decided anew; partners read no reason. `carried_out`, `declined`, `withdrawn`: ended.',
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
          despiteAdjustment: z.boolean().optional(),
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
        .meta({ description: 'The adjustment is above the limit of one person, or of who may decide but not adjust.' }),
      reason: z
        .string()
        .optional()
        .meta({ description: 'Why the remedy could not be carried out. Not shown to partners.' }),
    })
    .optional()
    .meta({ description: 'What the decision brought about.' }),
});

const remedyShown = disputeSchema.shape.decision.unwrap().shape.remedy;

/** What came of an order, so that nobody pays for it twice. */
export const sameOrderSchema = z.object({
  disputes: z
    .array(
      z.object({
        disputeId: z.string(),
        partnerId: z.string(),
        kind: z.enum(['missing', 'incorrect', 'declined']),
        status: z.enum(DISPUTE_STATUSES),
        filedAt: z.string(),
        outcome: outcomeSchema.optional(),
        remedy: remedyShown,
        effect: disputeSchema.shape.effect,
      }),
    )
    .meta({ description: 'Others about the same order, of any partner, oldest first; at most the newest 20.' }),
  reattributions: z
    .array(
      z.object({
        reattributionId: z.string(),
        at: z.string(),
        fromPartnerId: z.string().nullable(),
        toPartnerId: z.string().nullable(),
        period: z.string().meta({ description: 'The month that pays it since then.' }),
        disputeId: z.string().optional(),
      }),
    )
    .meta({ description: 'Oldest first; at most the newest 20.' }),
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
