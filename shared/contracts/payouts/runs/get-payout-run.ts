import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutRunSchema, yourDecisionSchema } from '#shared/contracts/payouts/runs/payout-run';
import { defineRoute } from '#shared/contracts/route';

export const getPayoutRunRoute = defineRoute({
  name: 'get-payout-run',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}',
  summary: 'Read a payout run: totals, content hash and who approved',
  description: '`yourDecision` says whether an approval by the person who asks would be taken now, and why not.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  status: 200,
  response: payoutRunSchema.extend({ yourDecision: yourDecisionSchema }),
});
