import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { runStatusSchema } from '#shared/contracts/payouts/runs/payout-run';
import { defineRoute } from '#shared/contracts/route';

export const openPayoutRunRoute = defineRoute({
  name: 'open-payout-run',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/payout-runs',
  summary: 'Close a month and start its payout run',
  description:
    'Months close in order, once they are over and once the run of the month before is completed; until then 409 `run_already_open` names that run. Facts recorded from now on fall into a later month. A run that failed after its approval goes on where it stopped.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ period: periodSchema }),
  status: 202,
  response: z.object({ runId: z.string(), period: z.string(), attempt: z.int(), status: runStatusSchema }),
});
