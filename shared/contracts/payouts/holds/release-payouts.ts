import { idSchema } from '#shared/contracts/fields';
import { holdReasonSchema, partnerHoldParams, payoutHoldSchema } from '#shared/contracts/payouts/holds/payout-hold';
import { defineRoute } from '#shared/contracts/route';

export const releasePayoutsRoute = defineRoute({
  name: 'release-payouts',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/payout-holds/{holdId}/release',
  summary: "End a hold on a partner's payouts",
  description:
    'What waited is paid by the next run that is summarised after it, never by one that approvers saw as held. Who releases cannot approve that run, and acts for another partner.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: partnerHoldParams.extend({ holdId: idSchema }),
  body: holdReasonSchema,
  status: 201,
  response: payoutHoldSchema,
});
