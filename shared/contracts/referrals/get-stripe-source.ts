import { STRIPE_SOURCE_PATH, stripeSourceParams, stripeSourceSchema } from '#shared/contracts/referrals/stripe-source';
import { defineRoute } from '#shared/contracts/route';

export const getStripeSourceRoute = defineRoute({
  name: 'get-stripe-source',
  service: 'referrals',
  method: 'GET',
  path: STRIPE_SOURCE_PATH,
  summary: "Read how a programme takes Stripe's events",
  access: ['admin', 'partner_manager', 'finance'],
  params: stripeSourceParams,
  status: 200,
  response: stripeSourceSchema,
});
