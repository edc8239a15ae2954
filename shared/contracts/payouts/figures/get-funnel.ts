import * as z from 'zod';
import { idSchema, whenGiven } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

const daySchema = z.iso.date({ error: whenGiven('must be a date such as 2026-01-31') });

const totals = {
  clicks: z.int().meta({ description: 'By people; bots and prefetches are left out.' }),
  visitors: z.int().meta({
    description:
      'People whose first click of a link on a day of UTC it was. They add up over days and links, so that who comes on two ' +
      'days, or by two links, counts twice.',
  }),
  redemptions: z.int().meta({ description: "Confirmed redemptions of the partner's codes." }),
  conversions: z.int().meta({ description: 'Sales that earn, or may, on the day on which they happened.' }),
  underReview: z.int().meta({ description: 'Sales that somebody must look at before they count.' }),
};

export const funnelSchema = z.object({
  partnerId: z.string(),
  timeZone: z.string(),
  from: z.string(),
  to: z.string(),
  asOf: z.string().meta({ description: 'The oldest of what it was put together from.' }),
  totals: z.object(totals),
  days: z.array(z.object({ day: z.string(), ...totals })).meta({ description: 'Every day, also without anything.' }),
  before: z
    .object({ from: z.string(), to: z.string(), totals: z.object(totals) })
    .meta({ description: 'As many days just before.' }),
  commission: z
    .array(z.object({ period: z.string(), currency: z.string(), earnedMinor: z.int(), estimate: z.boolean() }))
    .meta({
      description:
        'What the months of both ranges earned, by their statements; of an open month, the month so far. By month, because ' +
        'rates, guarantees and hold days belong to no day.',
    }),
});

export const getFunnelRoute = defineRoute({
  name: 'get-funnel',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/funnel',
  summary: "Read a partner's way from clicks to commission by day",
  description:
    "Days are the programme's. Clicks and redemptions are counted within a minute or so, and by partner since the installation " +
    'has this version; older ones are in the counts of their links and codes. Sales that were told more than a year after their ' +
    'month are left out. A partner sees its own.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.object({
    from: daySchema.optional().meta({ description: 'Default: the first of the month of `to`.', example: '2026-01-01' }),
    to: daySchema
      .optional()
      .meta({ description: 'Inclusive, at most 92 days in all. Default: today.', example: '2026-01-31' }),
  }),
  status: 200,
  response: funnelSchema,
});
