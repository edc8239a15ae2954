import * as z from 'zod';
import { idSchema, minorSchema, periodSchema } from '#shared/contracts/fields';
import {
  asOfSchema,
  healthCountsSchema,
  healthReasonSchema,
  isStaleSchema,
  notReadySchema,
} from '#shared/contracts/partners/overview/health';
import { defineRoute } from '#shared/contracts/route';

const bpsSchema = z.int().optional();
const partner = { partnerId: z.string(), name: z.string() };

const monthSchema = z.object({
  period: z.string(),
  activePartners: z.int().meta({ description: 'Partners with a sale that counts for them.' }),
  currencies: z.array(
    z.object({
      currency: z.string(),
      partnerRevenueMinor: minorSchema.meta({ description: 'Of sales that count for a partner, after refunds.' }),
      totalRevenueMinor: minorSchema.meta({ description: 'Of every sale recorded, also of nobody’s, after refunds.' }),
      shareBps: bpsSchema.meta({ description: 'Of partners in the total; absent without revenue.' }),
      conversions: z.int(),
      refundedMinor: minorSchema,
      refundedConversions: z.int(),
      heldConversions: z.int(),
      heldMinor: minorSchema,
    }),
  ),
});

const startedSchema = z.object({
  count: z.int(),
  partners: z.array(z.object({ ...partner, at: z.string() })).meta({ description: 'The latest, at most 20.' }),
});

export const dashboardSchema = z.object({
  status: z.literal('ready'),
  period: z.string(),
  asOf: asOfSchema,
  isStale: isStaleSchema,
  isRunning: z.boolean().meta({ description: 'The month is not over.' }),
  comparedWith: z
    .enum(['same_days', 'whole_month'])
    .meta({ description: 'What changes are against: of a month that runs, the same days of the one before.' }),
  month: monthSchema,
  before: monthSchema,
  sameDaysBefore: monthSchema.optional(),
  changes: z
    .array(z.object({ currency: z.string(), revenueBps: bpsSchema, totalBps: bpsSchema }))
    .meta({ description: 'Of revenue, in basis points of what it was; absent where it was nothing.' }),
  activePartnersChange: z.int(),
  trend: z
    .array(monthSchema)
    .meta({ description: 'The twelve months before as far as there are any, the oldest first.' }),
  commissions: z
    .array(
      z.object({
        period: z.string(),
        runId: z.string(),
        totals: z.array(
          z.object({
            currency: z.string(),
            earnedMinor: minorSchema,
            clawbackMinor: minorSchema,
            adjustmentMinor: minorSchema,
          }),
        ),
      }),
    )
    .meta({
      description:
        'Of the latest approved runs, by the month that was closed: sales count there once their hold is over, so with a hold it is a later month than the one they took place in.',
    }),
  newPartners: startedSchema.meta({ description: 'Whose first agreement began in the month.' }),
  endedPartners: startedSchema.meta({ description: 'Whose last agreement ended in the month.' }),
  topPerformers: z.array(
    z.object({
      ...partner,
      currency: z.string(),
      revenueMinor: minorSchema,
      beforeMinor: minorSchema,
      changeBps: bpsSchema,
      shareBps: bpsSchema.meta({ description: 'Of what all partners brought.' }),
      conversions: z.int(),
    }),
  ),
  health: healthCountsSchema,
  pipeline: z.object({
    applicationsWaiting: z.int().optional().meta({ description: 'Absent where nobody can apply.' }),
    agreementNotAccepted: z.int(),
    noLink: z.int(),
    noClick: z.int(),
    noSale: z.int(),
    heldSales: z.int(),
  }),
  alerts: z.object({
    total: z.int(),
    items: z.array(
      healthReasonSchema.extend({
        ...partner,
        target: z
          .enum([
            'agreements',
            'certifications',
            'tiers',
            'payee',
            'payouts',
            'disputes',
            'holds',
            'mail_problems',
            'links',
            'conversions',
          ])
          .meta({ description: 'Where it is dealt with.' }),
      }),
    ),
  }),
});

export const getDashboardRoute = defineRoute({
  name: 'get-dashboard',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/dashboard',
  summary: 'Show how a programme is doing',
  description:
    'Of a month, by when sales took place (the present month without `period`), with the month before. Answered as it was last computed (`asOf`), 202 before it ever was; POST .../overview-refreshes has it computed anew, which takes some seconds. Health, pipeline and alerts are as of `asOf`, whatever the month.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({ period: periodSchema.optional() }),
  status: 200,
  response: dashboardSchema,
  accepted: notReadySchema,
});
