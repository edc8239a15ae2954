import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { attributionRulesSchema } from '#shared/contracts/payouts/programs/program-settings';
import { statementLineSchema } from '#shared/contracts/payouts/statements/list-statement-lines';
import { signalSchema } from '#shared/contracts/referrals/hold';
import { convertedMoneySchema } from '#shared/contracts/referrals/record-conversion';
import { defineRoute } from '#shared/contracts/route';
import { HOLD_STATUSES } from '#shared/domain/fraud/hold';
import { REASON_CODES } from '#shared/domain/ledger/adjustment';

const sentence = z.string().meta({ description: 'What this rule decided and why.' });
const estimate = z
  .boolean()
  .meta({ description: "True: computed by today's facts, no approved statement holds it yet." });

const touchSchema = z.object({
  kind: z.enum(['partner', 'binding', 'code', 'link']),
  outcome: z.enum(['won', 'outweighed', 'rejected']),
  rejected: z.string().optional(),
  reference: z
    .string()
    .optional()
    .meta({ description: "Partner id, code or slug; never another partner's to a partner." }),
  partnerId: z.string().optional(),
  at: z.string().optional(),
  clickId: z.string().optional(),
  flags: z.array(z.enum(['bot', 'prefetch', 'paid_search'])).optional(),
  sentence,
});

const refundFields = {
  refundId: z.string(),
  kind: z.enum(['refund', 'chargeback']),
  occurredAt: z.string(),
  recordedAt: z.string(),
  period: z.string(),
  amountMinor: z.int(),
};

const positionSchema = z
  .object({
    mode: z.enum(['graduated', 'volume']),
    metric: z.enum(['revenue', 'conversions']),
    countedBefore: z.int(),
    countedAfter: z.int(),
    monthTotal: z.int().optional().meta({ description: 'In volume mode: what the whole month came to.' }),
    brackets: z
      .array(z.object({ above: z.int(), upTo: z.int().nullable(), rateBps: z.int(), baseMinor: z.int() }))
      .meta({
        description: 'Those that the sale lies in, with how much of it; empty when a rate rule outranked them.',
      }),
    sentence,
  })
  .meta({ description: "Where the sale stands among the month's sales that the component counts." });

const decisionSchema = z.object({
  componentId: z.string(),
  kind: z.enum(['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment']),
  outcome: z.enum(['paid', 'nothing', 'by_the_period', 'not_counted']).meta({
    description:
      '`by_the_period`: pays once a month, whatever is sold. `not_counted`: a bracket or cap that is only known once the month is stated.',
  }),
  reason: z.string().optional().meta({ description: 'Why the outcome is `nothing`.', example: 'outside_window' }),
  amountMinor: z.int(),
  lines: z.array(statementLineSchema),
  estimate,
  position: positionSchema.optional(),
  sentence,
});

const statementSchema = z.object({
  statementId: z.string(),
  runId: z.string(),
  period: z.string(),
  state: z.enum(['draft', 'final']),
  payout: z
    .object({
      payoutId: z.string(),
      status: z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']),
      amountMinor: z.int(),
      currency: z.string(),
      updatedAt: z.string(),
    })
    .optional(),
  sentence,
});

const disputeSchema = z.object({
  disputeId: z.string(),
  partnerId: z.string(),
  kind: z.enum(['missing', 'incorrect', 'declined']),
  filedAt: z.string(),
  endedAs: z
    .enum(['carried_out', 'declined', 'withdrawn'])
    .optional()
    .meta({ description: 'Absent while it waits for an answer or its remedy is being carried out.' }),
  decisions: z.array(
    z.object({
      number: z.int(),
      outcome: z.enum(['accepted', 'partly_accepted', 'declined']),
      decidedAt: z.string(),
      remedy: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('adjustment'), amountMinor: z.int(), currency: z.string() }),
          z.object({ kind: z.literal('reattribution') }),
        ])
        .optional(),
    }),
  ),
  sentence,
});

const adjustmentSchema = z.object({
  adjustmentId: z.string(),
  partnerId: z.string(),
  period: z.string(),
  occurredAt: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  reason: z.string(),
  reasonCode: z.enum(REASON_CODES),
  status: z.enum(['proposed', 'recorded', 'declined']),
  disputeId: z.string().optional().meta({ description: 'The dispute that it answers.' }),
  statementId: z.string().optional(),
  sentence,
});

const saleSchema = z.object({
  orderId: z.string(),
  customerId: z.string().optional().meta({ description: 'Not shown to partners.' }),
  partnerId: z.string().nullable(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  amount: z.object({ minor: z.int(), currency: z.string() }),
  shareBps: z.int().optional().meta({ description: "Of a part of a split sale: all amounts are the part's." }),
  category: z.string().optional(),
  country: z.string().optional(),
  convertedFrom: convertedMoneySchema
    .extend({ sentence })
    .optional()
    .meta({ description: 'The money before it was converted, with rate, source and time.' }),
  status: z.enum(['attributed', 'unattributed', 'earns_nothing']),
  estimate,
  earnedMinor: z.int(),
  clawbackMinor: z.int().meta({ description: 'At most zero.' }),
  summary: z.string().meta({ example: 'It earned partner p1 13.91 GBP.' }),
  story: z.array(z.string()).meta({ description: 'All sentences below, in the order in which the rules decided.' }),
  attribution: z.object({
    why: z.string(),
    rules: attributionRulesSchema.meta({
      description:
        "The settings that decided, as they were in force then; today's, of a sale from before they were kept with it.",
    }),
    touches: z.array(touchSchema).meta({ description: "Another partner's touch shows no id." }),
    sentence,
  }),
  reattributions: z
    .array(
      z.object({
        reattributionId: z.string(),
        at: z.string(),
        partnerId: z.string().nullable().meta({ description: 'Who has had the sale since.' }),
        period: z.string().meta({ description: 'The month it has counted in since.' }),
        disputeId: z.string().optional(),
        reason: z.string().optional().meta({ description: 'Not shown to partners.' }),
        sentence,
      }),
    )
    .meta({ description: 'Oldest first. `attribution` says what was decided when the sale was recorded.' }),
  review: z
    .object({
      status: z.enum([...HOLD_STATUSES, 'flagged', 'under_review', 'accepted', 'not_accepted']),
      heldAt: z.string().optional(),
      deadline: z.string().optional(),
      signals: z.array(signalSchema).optional().meta({ description: 'Not shown to partners.' }),
      sentence,
    })
    .optional()
    .meta({
      description:
        'That it was looked at for fraud. Partners read `under_review`, `accepted` or `not_accepted`, and nothing of a sale ' +
        'that is only flagged.',
    }),
  period: z.object({
    period: z.string(),
    reason: z.enum(['month_of_sale', 'month_after_hold', 'first_open_month', 'reattributed']),
    holdDays: z.int(),
    zone: z.string(),
    maturesAt: z.string(),
    maturesOn: z.string().meta({ description: 'The day on the wall clock of the programme.', example: '2010-12-15' }),
    naturalPeriod: z.string(),
    sentence,
  }),
  netting: z.object({
    nettedMinor: z.int(),
    baseMinor: z.int().meta({ description: 'What is left to earn on.' }),
    refunds: z
      .array(z.object({ ...refundFields, leftMinor: z.int(), sentence }))
      .meta({ description: 'In the order in which they count, each with what it leaves.' }),
    sentence,
  }),
  firstPurchase: z.object({
    isThisSale: z.boolean(),
    at: z.string().optional(),
    orderId: z.string().optional().meta({ description: "Not shown to partners unless it is this sale's." }),
    suppliedByMerchant: z.boolean(),
    supplied: z
      .object({ at: z.string(), counts: z.boolean(), sentence })
      .optional()
      .meta({ description: 'The date of a first purchase that came with this sale.' }),
    sentence,
  }),
  agreement: z
    .object({
      agreementId: z.string().optional(),
      planVersion: z.int(),
      ownTerms: z.boolean().meta({ description: "True: components agreed with this partner alone, not a plan's." }),
      from: z.string(),
      until: z.string().optional().meta({ description: 'Exclusive: its own end or the start of the next.' }),
      endsAt: z.string().optional(),
      sentence,
    })
    .optional(),
  tier: z.object({ tier: z.string(), from: z.string(), until: z.string().optional(), sentence }).optional(),
  nothingBecause: z
    .object({ reason: z.string().meta({ example: 'no_value' }), estimate, sentence })
    .optional()
    .meta({
      description: 'Why it earns nothing at all, whatever its components say. `unattributed`: it has no partner.',
    }),
  decisions: z.array(decisionSchema).meta({ description: 'One a component of the plan in force, in plan order.' }),
  clawbacks: z.array(
    z.object({
      ...refundFields,
      statementId: z.string().optional(),
      lines: z.array(statementLineSchema),
      estimate,
      sentence,
    }),
  ),
  disputes: z.array(disputeSchema).meta({ description: 'Oldest first; to a partner its own alone.' }),
  adjustments: z
    .array(adjustmentSchema)
    .meta({ description: 'Those whose reason names the order. Not part of what the sale earned.' }),
  statements: z.array(statementSchema),
});

export const explanationSchema = saleSchema.extend({
  parts: z
    .array(saleSchema)
    .optional()
    .meta({
      description:
        "Of a split sale, for staff: each partner's part as a sale of its own, with its decisions and clawbacks. A partner is " +
        'answered its own part alone, with `shareBps`.',
    }),
});

export const explainConversionRoute = defineRoute({
  name: 'explain-conversion',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/conversions/{orderId}/explanation',
  summary: 'Explain what a sale earned and why',
  description:
    'Every rule that looked at the sale, in order: how it was attributed, which month states it, what refunds left of it, ' +
    'the terms in force, what each component paid or why not, what was clawed back, and the statements and payouts it ' +
    'ended in, and the disputes and adjustments that name it. A partner may ask about its own sales only; another answers 404.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, orderId: referenceSchema }),
  status: 200,
  response: explanationSchema,
});
