import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutIdSchema, payoutResolutionSchema } from '#shared/contracts/payouts/paying/payout-resolution';
import { defineRoute } from '#shared/contracts/route';

export const decidePayoutResolutionRoute = defineRoute({
  name: 'decide-payout-resolution',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/payouts/{payoutId}/resolutions/{resolutionId}/decision',
  summary: 'Confirm or decline what was proposed of a payout, as a second person',
  description:
    'Confirmed, the payout becomes what was proposed, at once. Nobody decides on a proposal of their own or of their API key, or for a partner that they act for; once the payout has moved, a proposal can only be declined.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, payoutId: payoutIdSchema, resolutionId: idSchema }),
  body: z
    .strictObject({
      decision: z.enum(['confirm', 'decline']),
      comment: z.string().trim().min(1).max(1000).optional().meta({ description: 'Required to decline.' }),
    })
    .refine(({ decision, comment }) => decision === 'confirm' || comment !== undefined, {
      path: ['comment'],
      message: 'must be given to decline',
    }),
  status: 201,
  response: payoutResolutionSchema,
});
