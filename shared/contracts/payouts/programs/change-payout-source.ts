import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutSourceSchema } from '#shared/contracts/payouts/programs/payout-source';
import { programSchema } from '#shared/contracts/payouts/programs/program';
import { defineRoute } from '#shared/contracts/route';

export const changePayoutSourceRoute = defineRoute({
  name: 'change-payout-source',
  service: 'payouts',
  method: 'PUT',
  path: '/v1/programs/{programId}/payout-source',
  summary: "Set whose account a programme's bank files pay from",
  description:
    'Replaces both accounts. Part of the payout policy: kept with who made the change, who cannot approve the next run; a run ' +
    'pays from what was set when it was summarised. Needs a fresh sign-in (`login_not_fresh`).',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: payoutSourceSchema,
  status: 200,
  response: programSchema,
});
