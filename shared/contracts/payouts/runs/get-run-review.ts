import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { runReviewSchema } from '#shared/contracts/payouts/runs/run-review';
import { defineRoute } from '#shared/contracts/route';

/** As many as a decision may hold back. */
const MAX_HOLDS = 500;

export const getRunReviewRoute = defineRoute({
  name: 'get-run-review',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/review',
  summary: 'Read what an approval of a run would pay, to how many, what it leaves out and why',
  description: 'Stored when the run was summarised: it answers the same for ever, and the content hash covers it.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  query: z.object({
    holds: z
      .string()
      .transform((text) => text.split(',').filter((id) => id !== ''))
      .refine((ids) => ids.length <= MAX_HOLDS, `must be at most ${MAX_HOLDS} partner ids, joined by commas`)
      .optional()
      .meta({
        description: 'Partners whom a decision would hold back: each currency says in `withHolds` what is left to pay.',
        example: 'anna,mira',
      }),
  }),
  status: 200,
  response: runReviewSchema,
});
