import { RAIL_PATH, railParams, railSchema } from '#shared/contracts/payouts/rails/rail';
import { defineRoute } from '#shared/contracts/route';

export const removeRailRoute = defineRoute({
  name: 'remove-rail',
  service: 'payouts',
  method: 'DELETE',
  path: RAIL_PATH,
  summary: 'Pay by a rail no more',
  description:
    'Its keys are replaced by none; every function has forgotten them within a minute. Withdraw them at Stripe or PayPal too, which alone ends a key that was copied. Payouts that wait for it wait on; what became of ' +
    'those it has is found again once the same account is set up.',
  access: ['admin'],
  peopleOnly: true,
  params: railParams,
  status: 200,
  response: railSchema,
});
