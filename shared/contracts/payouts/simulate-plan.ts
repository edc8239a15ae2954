import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { MAX_SIMULATED_MONTHS, monthsOf } from '#shared/domain/simulation';

const costFields = {
  currency: z.string(),
  paidEarnedMinor: z.int().meta({ description: 'What the approved statements of the months say was earned.' }),
  simulatedEarnedMinor: z.int().meta({ description: 'What the plan would have earned on the same facts.' }),
  differenceMinor: z.int().meta({ description: 'Simulated less paid: above zero, the plan would have cost more.' }),
};

/** zod holds a range against its rules even when an end of it is no month. */
const areMonths = ({ issues }: { readonly issues: readonly unknown[] }): boolean => issues.length === 0;

export const simulatePlanRoute = defineRoute({
  name: 'simulate-plan',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/simulations',
  summary: 'See what a plan would have cost in months that are closed',
  description:
    'Every earned amount of the months `from` to `to`, both inclusive, is computed again with the plan in place of the one that was in force; when agreements ran, tiers, first purchases and refunds stay as they were. Clawbacks and adjustments are no part of it. A month without an approved payout run answers 409 `period_not_closed`, more work than one answer can wait for 422 `simulation_too_large`. Nothing is stored, so a repeat computes the same again.',
  access: ['admin', 'finance', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  body: z
    .strictObject({
      planVersion: z.int().min(1).max(1_000_000).meta({ description: 'A published plan version.', example: 2 }),
      from: periodSchema.meta({ example: '2025-01' }),
      to: periodSchema.meta({ example: '2025-12' }),
    })
    .refine(({ from, to }) => monthsOf(from, to).length > 0, {
      path: ['to'],
      error: 'must not be before from',
      when: areMonths,
    })
    .refine(({ from, to }) => monthsOf(from, to).length <= MAX_SIMULATED_MONTHS, {
      path: ['to'],
      error: `must be at most ${MAX_SIMULATED_MONTHS} months from the first to the last`,
      when: areMonths,
    }),
  status: 200,
  response: z.object({
    planVersion: z.int(),
    from: z.string(),
    to: z.string(),
    totals: z.array(z.object(costFields)),
    items: z.array(z.object({ partnerId: z.string(), ...costFields })),
    runIds: z.array(z.string()).meta({ description: 'The approved payout runs it was compared with, a month each.' }),
  }),
});
