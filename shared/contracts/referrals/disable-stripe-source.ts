import { STRIPE_SOURCE_PATH, stripeSourceParams, stripeSourceSchema } from '#shared/contracts/referrals/stripe-source';
import { defineRoute } from '#shared/contracts/route';

export const disableStripeSourceRoute = defineRoute({
  name: 'disable-stripe-source',
  service: 'referrals',
  method: 'DELETE',
  path: STRIPE_SOURCE_PATH,
  summary: 'Take no more events of Stripe',
  description:
    'Its secrets are replaced by none; every function has forgotten them within five minutes. What was recorded stays, and what ' +
    'waits is finished.',
  access: ['admin'],
  params: stripeSourceParams,
  status: 200,
  response: stripeSourceSchema,
});
