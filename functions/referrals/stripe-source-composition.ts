import { clock, stripeSources } from '#functions/referrals/stripe-composition';
import { stripeSecrets } from '#functions/referrals/stripe-secrets-composition';
import { programs } from '#functions/runtime/programs';
import { makeDisableStripeSource, makeSetStripeSource } from '#shared/application/referrals/stripe/stripe-source';

const deps = { sources: stripeSources, secrets: stripeSecrets, programs, clock };

/** Saying with which secret Stripe signs. */
export const setSource = makeSetStripeSource(deps);
export const disableSource = makeDisableStripeSource(deps);
