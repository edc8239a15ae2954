import { clock, stripeEvents, stripeSources } from '#functions/referrals/stripe-composition';
import { processEvent } from '#functions/referrals/stripe-processing-composition';
import { stripeSecrets } from '#functions/referrals/stripe-secrets-composition';
import { readStripeEvent } from '#shared/adapters/stripe/read-stripe-event';
import { makeStripeSecretMemory } from '#shared/adapters/stripe/stripe-secrets';
import { verifyStripeEvent } from '#shared/adapters/stripe/verify-stripe-event';
import { makeReceiveStripeEvent } from '#shared/application/referrals/stripe/receive-stripe-event';

/** Receiving events: the only part that loads Stripe's library. */
export const receiveEvent = makeReceiveStripeEvent({
  secretsOf: makeStripeSecretMemory({ read: stripeSecrets.read, clock }),
  verify: verifyStripeEvent,
  read: readStripeEvent,
  sources: stripeSources,
  events: stripeEvents,
  process: processEvent,
  clock,
});
