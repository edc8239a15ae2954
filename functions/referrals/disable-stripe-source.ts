import { actor, stripeSourceAnswer } from '#functions/referrals/stripe-answers';
import { disableSource } from '#functions/referrals/stripe-source-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';

import { disableStripeSourceRoute } from '#shared/contracts/referrals/disable-stripe-source';

export const disableStripeSource: HttpHandler<typeof disableStripeSourceRoute> = async ({ params }, context) =>
  stripeSourceAnswer(await disableSource({ ...params, ...actor(context) }));

export const handler = httpFunction(disableStripeSourceRoute, disableStripeSource);
