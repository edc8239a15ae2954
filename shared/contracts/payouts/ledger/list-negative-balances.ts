import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const listNegativeBalancesRoute = defineRoute({
  name: 'list-negative-balances',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/negative-balances',
  summary: 'List what partners owe, and since when',
  description: 'A page may be shorter than `limit` and still have a next one.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    aged: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .meta({ description: "Only those older than the programme's `negativeBalanceAgeMonths`, or only the others." }),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(
    z.object({
      partnerId: z.string(),
      currency: z.string(),
      balanceMinor: z.int().meta({ description: 'Below zero.' }),
      sincePeriod: z.string().meta({ description: 'The month whose statement made it negative.' }),
      since: z.string().meta({ description: 'The end of that month: its age counts from there.' }),
      ageMonths: z.int(),
      aged: z.boolean(),
    }),
  ),
});
