import { stripeEvents, stripeSources } from '#functions/referrals/stripe-composition';
import { programs } from '#functions/runtime/programs';
import { makeListStripeEvents } from '#shared/application/referrals/stripe/manage-stripe-events';
import { makeGetStripeSource } from '#shared/application/referrals/stripe/stripe-source';

/** Looking at what became of events. */
export const listEvents = makeListStripeEvents({ events: stripeEvents, programs });
export const readSource = makeGetStripeSource({ sources: stripeSources, programs });
