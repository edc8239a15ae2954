import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutRunSchema } from '#shared/contracts/payouts/runs/payout-run';
import { defineRoute } from '#shared/contracts/route';

const MAX_HOLDS = 500;

export const decidePayoutRunRoute = defineRoute({
  name: 'decide-payout-run',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/payout-runs/{runId}/decisions',
  summary: 'Approve or reject what you saw of a payout run',
  description:
    'The content hash is the one that was on your screen. Each person decides once; one rejection is enough. The first approver may hold partners back: their balance stays. The others send the same holds, or none.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, runId: idSchema }),
  body: z.strictObject({
    decision: z.enum(['approve', 'reject']),
    contentHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the content hash of the run: 64 hexadecimal digits'),
    comment: z.string().trim().min(1).max(1000).optional().meta({ description: 'Required to reject.' }),
    holds: z.array(idSchema).max(MAX_HOLDS).optional().meta({ description: 'Partners whose payout is held back.' }),
  }),
  status: 201,
  response: payoutRunSchema,
});
