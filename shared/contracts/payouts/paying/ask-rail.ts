import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutIdSchema, payoutStatusSchema } from '#shared/contracts/payouts/paying/payout-resolution';
import { defineRoute } from '#shared/contracts/route';

export const askRailRoute = defineRoute({
  name: 'ask-rail',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/payouts/{payoutId}/ask-rail',
  summary: "Ask a payout's rail what became of it",
  description:
    'Moves no money. What the rail says is booked; `unknown` and `never_seen` change nothing: the next approved run offers the payout again with the same key. A bank file answers nothing: 409.',
  access: ['admin', 'finance'],
  params: z.object({ programId: idSchema, payoutId: payoutIdSchema }),
  status: 200,
  response: z.object({
    answer: z.enum(['never_seen', 'accepted', 'settled', 'failed', 'returned', 'unknown']),
    reference: z.string().optional(),
    reason: z.string().optional(),
    payoutStatus: payoutStatusSchema.meta({ description: 'After what the rail said was booked.' }),
  }),
});
