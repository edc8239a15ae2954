import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { revisionSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { simulationResultSchema, simulationStatusSchema } from '#shared/contracts/payouts/simulations/simulation';
import { defineRoute } from '#shared/contracts/route';
import { MAX_SIMULATED_MONTHS, monthsOf } from '#shared/domain/simulation/simulation';

const MAX_REPLACED = 100;

/** zod holds a range against its rules even when an end of it is no month. */
const areMonths = ({ issues }: { readonly issues: readonly unknown[] }): boolean => issues.length === 0;

/** Published versions end at a million; above are the custom terms of single partners. */
const versionSchema = z.int().min(1).max(1_000_000);

export const simulatePlanRoute = defineRoute({
  name: 'simulate-plan',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/simulations',
  summary: 'See what a plan would have cost in past months',
  description:
    'Every earned amount of the months `from` to `to`, both inclusive, is computed again with a published plan (`planVersion`), a draft (`draftId`) or, as a check, the terms that were in force (`planVersion: "in_force"`); when agreements ran, tiers, first purchases and refunds stay as they were. Clawbacks and adjustments are no part of it. Without `replaces` the plan takes the place of every agreement, custom contracts of single partners too; `replaces` limits it to agreements on those versions. A month without an approved payout run answers 409 `period_not_closed` unless `estimate` is true. What fits one answer is answered at once; larger simulations answer 202 with the `simulationId` and go on by themselves: GET .../simulations/{simulationId}. Each is kept: the same Idempotency-Key is the same simulation.',
  access: ['admin', 'finance', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  body: z
    .strictObject({
      planVersion: z
        .union([versionSchema, z.literal('in_force')], {
          error: 'must be a plan version from 1 to 1000000 or "in_force"',
        })
        .optional()
        .meta({ description: 'A published plan version.', example: 2 }),
      draftId: idSchema.optional().meta({ description: 'A draft, in the place of planVersion.' }),
      revision: revisionSchema.optional(),
      replaces: z.array(z.int().min(1)).min(1).max(MAX_REPLACED).optional().meta({
        description: 'Only agreements on these plan versions get the plan; absent: all, custom terms too.',
      }),
      from: periodSchema.meta({ example: '2025-01' }),
      to: periodSchema.meta({ example: '2025-12' }),
      estimate: z.boolean().optional().meta({ description: 'Estimate months that have no approved run.' }),
      background: z.boolean().optional().meta({ description: 'Answer 202 at once, however small it is.' }),
    })
    .refine(({ planVersion, draftId }) => (planVersion === undefined) !== (draftId === undefined), {
      path: ['planVersion'],
      error: 'or draftId must be given, not both',
      when: areMonths,
    })
    .refine(({ draftId, revision }) => revision === undefined || draftId !== undefined, {
      path: ['revision'],
      error: 'belongs to draftId',
      when: areMonths,
    })
    .refine(({ planVersion, replaces }) => planVersion !== 'in_force' || replaces === undefined, {
      path: ['replaces'],
      error: 'must be left out with planVersion "in_force", which replaces nothing',
      when: areMonths,
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
  response: simulationResultSchema.extend({ status: z.literal('done') }),
  accepted: simulationStatusSchema,
});
