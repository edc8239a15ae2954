import { holdReasonSchema, partnerHoldParams, payoutHoldSchema } from '#shared/contracts/payouts/holds/payout-hold';
import { defineRoute } from '#shared/contracts/route';

export const holdPayoutsRoute = defineRoute({
  name: 'hold-payouts',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/payout-holds',
  summary: "Keep a partner's payouts back until somebody releases them",
  description:
    'Its statements and balance go on. Payouts that were not handed to a rail yet wait as `held`, also those of a run that is approved already. Each hold is released by itself.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: partnerHoldParams,
  body: holdReasonSchema,
  status: 201,
  response: payoutHoldSchema,
});
