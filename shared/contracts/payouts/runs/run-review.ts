import * as z from 'zod';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import { RAIL_PROBLEMS, REVIEW_FLAGS, REVIEW_OUTCOMES } from '#shared/domain/run/review';

export const reviewOutcomeSchema = z.enum(REVIEW_OUTCOMES).meta({
  description:
    '`pay`, or why nothing leaves by this run: `held` by a standing hold, `payee_incomplete` or `payee_cooling_down` bank details, a rail that cannot pay it (`currency_unsupported`, `amount_above_rail_limit`, `rail_not_set_up`), `negative_balance`, `below_minimum`, `nothing_due`.',
});

export const reviewFlagSchema = z.enum(REVIEW_FLAGS).meta({
  description:
    '`new_payee`: never paid with these details. `payee_changed`: paid with others before. `amount_changed`: earned differs from the month before by more than `changeFlagPercent`. `changed_since_attempt`: other amounts, outcome or payee than in the attempt before.',
});

const countFields = {
  count: z.int(),
  dueMinor: z.int().meta({ description: 'Payable, and waiting from earlier runs.' }),
  carriedMinor: z.int().meta({ description: 'What the next month opens with; negative when partners owe.' }),
};

const beforeSchema = z
  .object({ earnedMinor: z.int(), payableMinor: z.int() })
  .optional()
  .meta({ description: 'The month before; absent in the first one.' });

export const runReviewSchema = z.object({
  runId: z.string(),
  contentHash: z.string().meta({ description: 'Covers every row of the review: what a decision approves.' }),
  asOf: z.string().meta({ description: 'When the facts were read.' }),
  changeFlagPercent: z.int(),
  policyVersion: z.int(),
  lastRunId: z.string().optional().meta({ description: 'The run of the month before.' }),
  attemptBefore: z
    .string()
    .optional()
    .meta({ description: 'The earlier attempt at this month that `changed_since_attempt` compares with.' }),
  currencies: z.array(
    z.object({
      currency: z.string(),
      ...countFields,
      payouts: z.int().meta({ description: 'How many payouts an approval hands over.' }),
      payMinor: z.int().meta({ description: 'Their sum.' }),
      withHolds: z
        .object({
          heldPartners: z.int(),
          heldMinor: z.int(),
          partners: z.int().meta({ description: 'Who is paid.' }),
          payouts: z.int(),
          payMinor: z.int(),
        })
        .optional()
        .meta({
          description: 'What an approval pays that holds back the partners of `holds`. Only where `holds` was asked.',
        }),
      outcomes: z.array(z.object({ outcome: reviewOutcomeSchema, ...countFields })).meta({
        description: 'Every partner is in exactly one of these.',
      }),
      flags: z.array(z.object({ flag: reviewFlagSchema, ...countFields })),
      largest: z.array(z.object({ partnerId: z.string(), payMinor: z.int() })),
      heldSales: z.int().meta({ description: 'Sales on hold for review, which earn nothing in this run.' }),
      heldSalesMinor: z.int(),
      before: beforeSchema,
      attemptBefore: z
        .object({ payMinor: z.int(), earnedMinor: z.int() })
        .optional()
        .meta({ description: 'What the attempt before would have paid, and what was earned in it.' }),
    }),
  ),
});

export const reviewedPartnerSchema = z.object({
  partnerId: z.string(),
  currency: z.string(),
  outcome: reviewOutcomeSchema,
  flags: z.array(reviewFlagSchema),
  dueMinor: z.int(),
  carriedMinor: z.int(),
  statement: z
    .object({
      earnedMinor: z.int(),
      clawbackMinor: z.int(),
      adjustmentMinor: z.int(),
      openingBalanceMinor: z.int(),
      payableMinor: z.int(),
      closingBalanceMinor: z.int(),
    })
    .optional()
    .meta({ description: 'Absent without a statement in this currency.' }),
  waitingPayouts: z.int(),
  waitingMinor: z.int(),
  payee: z
    .object({ payeeId: z.string(), rail: z.enum(PAYOUT_RAILS), usableFrom: z.string().optional() })
    .optional()
    .meta({ description: 'The payee that is approved: another one is not paid by this run.' }),
  railProblem: z.enum(RAIL_PROBLEMS).optional(),
  lastPaid: z.object({ runId: z.string(), payeeId: z.string().optional() }).optional(),
  before: beforeSchema,
  earnedChangeMinor: z.int().optional().meta({ description: 'Earned against the month before.' }),
  standingHolds: z.array(z.string()),
  openDisputes: z.int(),
  heldSales: z.int(),
  heldSalesMinor: z.int(),
  attemptBefore: z
    .object({
      outcome: reviewOutcomeSchema,
      earnedMinor: z.int(),
      dueMinor: z.int(),
      carriedMinor: z.int(),
      payeeId: z.string().optional(),
    })
    .optional(),
});
