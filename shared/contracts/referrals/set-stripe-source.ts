import {
  STRIPE_SOURCE_PATH,
  setStripeSourceSchema,
  stripeSourceParams,
  stripeSourceSchema,
} from '#shared/contracts/referrals/stripe-source';
import { defineRoute } from '#shared/contracts/route';

export const setStripeSourceRoute = defineRoute({
  name: 'set-stripe-source',
  service: 'referrals',
  method: 'PUT',
  path: STRIPE_SOURCE_PATH,
  summary: "Take sales and refunds from Stripe's events",
  description:
    'Add an endpoint in Stripe that sends checkout.session.completed, checkout.session.async_payment_succeeded, invoice.paid, ' +
    'invoice_payment.paid, charge.refunded, refund.failed and charge.dispute.* to `webhookPath`, then send its signing secret here. ' +
    'Every function sees a new secret within five minutes, within ten seconds once Stripe signs with it.',
  access: ['admin'],
  params: stripeSourceParams,
  body: setStripeSourceSchema,
  status: 200,
  response: stripeSourceSchema,
});
