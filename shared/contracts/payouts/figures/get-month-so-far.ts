import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { sixAmountsSchema } from '#shared/contracts/payouts/runs/payout-run';
import { defineRoute } from '#shared/contracts/route';

const amounts = {
  ...sixAmountsSchema.shape,
  writtenOffMinor: z.int().optional(),
  unsentMinor: z.int().optional(),
};

const waySchema = z.object({
  kind: z.enum(['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment']),
  componentId: z.string(),
  planVersion: z.int(),
  rateBps: z.int().optional(),
  rateRule: z.string().optional().meta({ description: 'The rule of the plan that set the rate.' }),
  conversions: z.int(),
  baseMinor: z.int().optional().meta({ description: 'Of a share: what the rate was taken of.' }),
  amountMinor: z.int(),
  cutLines: z.int().meta({ description: 'Lines that a cap of the component cut.' }),
  calculation: z.string().optional().meta({ description: 'Of a fee or guarantee: in minor units.' }),
  why: z.string().optional().meta({ description: 'Of a share, what set its rate.', example: 'tier certified' }),
  sentence: z.string().meta({ example: '15 % of 1200.00 EUR from 4 sales (tier certified).' }),
});

const salesSumSchema = z.object({
  currency: z.string(),
  conversions: z.int(),
  amountMinor: z.int().meta({ description: 'Of the sales, before refunds; no commission.' }),
});

export const monthSoFarSchema = z.object({
  partnerId: z.string(),
  period: z.string(),
  timeZone: z.string(),
  asOf: z.string().meta({ description: 'When it was worked out: of a month with many sales up to some minutes ago.' }),
  estimate: z.literal(true),
  state: z.enum(['open', 'closing']).meta({ description: '`closing`: it is being closed and takes no more facts.' }),
  openFrom: z.string().meta({ description: 'The first month that no posted statement holds.' }),
  statements: z.array(
    z.object({
      currency: z.string(),
      ...amounts,
      conversions: z.int().meta({ description: 'All sales of the month, also those that earn nothing.' }),
      ways: z.array(waySchema).meta({ description: 'How the earned amount follows: they add up to `earnedMinor`.' }),
      nothing: z.array(
        z.object({
          componentId: z.string().optional(),
          reason: z.string(),
          count: z.int(),
          sentence: z.string(),
        }),
      ),
      clawbacks: z.int(),
      adjustments: z.int(),
    }),
  ),
  underReview: z.array(salesSumSchema).meta({ description: 'Sales that count only once somebody has looked at them.' }),
  later: z
    .array(salesSumSchema.extend({ period: z.string() }))
    .meta({ description: 'Sales that happened and count in a later month, because of the hold days.' }),
  earlier: z
    .array(
      z.object({
        period: z.string(),
        statements: z.array(z.object({ currency: z.string(), ...amounts, conversions: z.int() })),
      }),
    )
    .meta({ description: 'Months before it that are not posted either, the last 24 with something in them.' }),
  mayChange: z.array(
    z.object({
      what: z.enum(['refunds', 'later_sales', 'volume_brackets', 'guarantee', 'fixed_fee', 'review', 'earlier_months']),
      sentence: z.string(),
    }),
  ),
});

export const getMonthSoFarRoute = defineRoute({
  name: 'get-month-so-far',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/month-so-far',
  summary: "Read what a partner's open month comes to so far, and how",
  description:
    'The statements that a close would write now, by the code of a close: an estimate until the month is closed. Up to some ' +
    'hundred sales it is worked out as you ask; with more the answer is as it was at `asOf`, and is worked out again in the ' +
    'background when that is more than a minute ago. A month with so many sales that they take more than some seconds is ' +
    'answered 503 until they are counted once. A partner sees its own.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.object({
    period: periodSchema.optional().meta({
      description: 'A month that is not final, up to the one in which a sale of today can count. Default: this month.',
      example: '2026-01',
    }),
  }),
  status: 200,
  response: monthSoFarSchema,
});
