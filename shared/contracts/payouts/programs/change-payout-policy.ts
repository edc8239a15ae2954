import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { policyChangeSchema } from '#shared/contracts/payouts/programs/payout-policy';
import { programSchema } from '#shared/contracts/payouts/programs/program';
import { defineRoute } from '#shared/contracts/route';

export const changePayoutPolicyRoute = defineRoute({
  name: 'change-payout-policy',
  service: 'payouts',
  method: 'PATCH',
  path: '/v1/programs/{programId}/payout-policy',
  summary: 'Change who must approve payouts, and by which rules they are paid',
  description:
    'What is absent stays; null brings a rule back to its default. Each change is kept with who made it; who must approve, how ' +
    'partners are paid and what guards bank details change with a fresh sign-in alone (`login_not_fresh`). A run that waits ' +
    'for its decision keeps the number of approvers that was fixed when it was summarised.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: policyChangeSchema,
  status: 200,
  response: programSchema,
});
