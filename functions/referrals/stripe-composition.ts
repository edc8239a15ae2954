import { clock, table } from '#functions/referrals/composition';
import { makeStripeEventStore } from '#shared/adapters/dynamodb/referrals/stripe/stripe-events';
import { makeStripeSourceStore } from '#shared/adapters/dynamodb/referrals/stripe/stripe-sources';

/** Events of Stripe and where they come from: the service's own table alone. */
export const stripeEvents = makeStripeEventStore(table);
export const stripeSources = makeStripeSourceStore(table);
export { clock };
