import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const reportInfluenceRoute = defineRoute({
  name: 'report-influence',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/influence',
  summary: 'Report whose clicks and codes sales came by, whoever was paid',
  description:
    'The linear view of a month: each sale in equal shares among the distinct partners whose clicks and codes counted, beside ' +
    'what was attributed. Never paid. Both columns add up to the sales of the month, before refunds. At most 50,000 sales ' +
    'and 5,000 partners; otherwise 422.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.object({ period: periodSchema.meta({ description: 'The month that pays the sales.', example: '2026-01' }) }),
  status: 200,
  response: z.object({
    period: z.string(),
    neverPaid: z.literal(true),
    items: z.array(
      z.object({
        partnerId: z
          .string()
          .nullable()
          .meta({ description: 'Null: sales that nobody was touched in, or nobody has.' }),
        currency: z.string(),
        touchedSales: z.int().meta({ description: 'In which a click or code of the partner counted, whoever won.' }),
        influenceMinor: z.int().meta({ description: 'Its equal shares of them.' }),
        attributedMinor: z.int().meta({ description: "Sales that are the partner's, its shares of split ones." }),
      }),
    ),
  }),
});
