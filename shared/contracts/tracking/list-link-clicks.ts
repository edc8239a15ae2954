import * as z from 'zod';
import { idSchema, whenGiven } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { slugSchema } from '#shared/contracts/tracking/create-link';

const daySchema = z.iso.date({ error: whenGiven('must be a date such as 2026-01-31') });

export const listLinkClicksRoute = defineRoute({
  name: 'list-link-clicks',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/links/{slug}/clicks',
  summary: "List a link's clicks by hour or day, also by sub-id or country",
  description:
    "Days are the programme's, whatever its zone's offset; hours begin with those of UTC, and where a day begins within one, its " +
    'points hold only the part that belongs to the days asked for. Clicks count where they happened, within a minute or so: ' +
    'one that is delivered late, after a fault up to weeks, still changes points that are over. Points without a click are left ' +
    'out; with `by` also clicks without that value. A partner sees its own links.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: z.object({ programId: idSchema, slug: slugSchema }),
  query: z.object({
    from: daySchema.optional().meta({
      description: 'Default: 29 days before `to`, for hours the day before.',
      example: '2026-01-01',
    }),
    to: daySchema.optional().meta({ description: 'Inclusive. Default: today.', example: '2026-01-31' }),
    granularity: z
      .enum(['hour', 'day'])
      .default('day')
      .meta({
        description:
          'At most 366 days by `day` and 31 by `hour`; with `by` at most 92 and 3. ' +
          'A link with thousands of clicks a second answers fewer days, and says how many. Hours by sub-id or country lapse after 100 days.',
      }),
    by: z.enum(['none', 'sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'country']).default('none'),
  }),
  status: 200,
  response: z.object({
    timeZone: z.string(),
    from: z.string(),
    to: z.string(),
    granularity: z.enum(['hour', 'day']),
    by: z.string(),
    asOf: z.string().meta({ description: 'When this was read.' }),
    items: z.array(
      z.object({
        at: z.string().meta({ description: 'The day, or the first instant of the hour.' }),
        value: z.string().optional().meta({ description: 'The sub-id or country.' }),
        isOther: z.literal(true).optional().meta({
          description: 'The sum of all values but the first 50 of the day.',
        }),
        clicks: z.int().meta({ description: 'By people; bots and prefetches apart.' }),
        visitors: z.int().meta({
          description:
            'People whose first click of this link on a day of UTC it was: their sum counts nobody twice on one such day, and ' +
            'who comes on two of them twice, because what they are known by changes at midnight UTC.',
        }),
        bots: z.int(),
        prefetches: z.int(),
      }),
    ),
  }),
});
