import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { runReviewSchema } from '#shared/contracts/payouts/runs/run-review';
import { defineRoute } from '#shared/contracts/route';

export const getRunReviewRoute = defineRoute({
  name: 'get-run-review',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/review',
  summary: 'Read what an approval of a run would pay, to how many, what it leaves out and why',
  description: 'Stored when the run was summarised: it answers the same for ever, and the content hash covers it.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  status: 200,
  response: runReviewSchema,
});
