import * as z from 'zod';
import { asOfSchema, idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

const partsSchema = z.object({
  currency: z.string(),
  payableMinor: z.int().meta({ description: 'Posted and not yet handed to a rail, of partners that are owed.' }),
  receivableMinor: z.int().meta({ description: 'What partners owe: balances below zero, as a positive number.' }),
  inTransitMinor: z.int().meta({ description: 'Handed to a rail and not yet settled.' }),
  accruedMinor: z.int().meta({
    description: 'Earned and in no posted statement; below zero where more will be taken back.',
  }),
});

export const getLiabilityRoute = defineRoute({
  name: 'get-liability',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/liability',
  summary: 'What the programme owes its partners, and they it, at an instant',
  description:
    'Posted and not yet paid, from the journal, and earned but not closed, by facts and terms. ' +
    '`asOf` alone tells what was known then: what had occurred and been recorded by that instant. A history that was imported ' +
    'later is told by `knownAt` beside it: what had occurred by `asOf` as it had been recorded by `knownAt`, with the journal ' +
    'and the closed months of `asOf`. Both give the same answer whenever they are asked. ' +
    'Too many open months answer 422 `liability_too_large`.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    asOf: asOfSchema.optional().meta({
      description: 'Inclusive: an instant, or a UTC date to its end. Default: now; a time to come is refused.',
      example: '2026-01-31',
    }),
    knownAt: asOfSchema.optional().meta({
      description: 'Inclusive, not before `asOf` and not to come. Default: `asOf`.',
      example: '2026-03-31',
    }),
  }),
  status: 200,
  response: z.object({
    asOf: z.string(),
    knownAt: z.string(),
    totals: z.array(
      partsSchema.extend({
        totalMinor: z.int().meta({ description: 'What is owed: payable + in transit + accrued.' }),
        netMinor: z.int().meta({ description: 'The total less receivable.' }),
      }),
    ),
    partners: z.array(z.object({ partnerId: z.string() }).extend(partsSchema.shape)).meta({
      description: 'The 1000 with whom most is at stake, whoever owes it. With `others` they add up to the totals.',
    }),
    others: z
      .array(z.object({ partners: z.int() }).extend(partsSchema.shape))
      .meta({ description: 'What the partners that are not shown add up to.' }),
  }),
});
