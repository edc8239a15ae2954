import * as z from 'zod';
import { idSchema, instantSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const getLiabilityRoute = defineRoute({
  name: 'get-liability',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/liability',
  summary: 'What the programme owes its partners at an instant',
  description:
    'Posted and not yet paid, from the journal, and earned but not closed, by the facts and terms that were known then. The same instant gives the same answer whenever it is asked. Too many open months answer 422 `liability_too_large`.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ asOf: instantSchema.optional().meta({ description: 'Inclusive. Default: now.' }) }),
  status: 200,
  response: z.object({
    asOf: z.string(),
    totals: z.array(
      z.object({
        currency: z.string(),
        payableMinor: z.int().meta({ description: 'Posted and not yet handed to a rail, debts of partners included.' }),
        inTransitMinor: z.int().meta({ description: 'Handed to a rail and not yet settled.' }),
        accruedMinor: z.int().meta({ description: 'Earned and in no posted statement.' }),
        totalMinor: z.int(),
      }),
    ),
    partners: z
      .array(z.object({ partnerId: z.string(), currency: z.string(), accruedMinor: z.int() }))
      .meta({ description: 'The 1000 largest accruals.' }),
    others: z
      .array(z.object({ currency: z.string(), partners: z.int(), accruedMinor: z.int() }))
      .meta({ description: 'What the partners that are not shown add up to.' }),
  }),
});
