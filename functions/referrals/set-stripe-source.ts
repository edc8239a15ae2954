import { actor, stripeSourceAnswer } from '#functions/referrals/stripe-answers';
import { setSource } from '#functions/referrals/stripe-source-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';

import { setStripeSourceRoute } from '#shared/contracts/referrals/set-stripe-source';

export const setStripeSource: HttpHandler<typeof setStripeSourceRoute> = async ({ params, body }, context) =>
  stripeSourceAnswer(await setSource({ ...params, ...body, ...actor(context) }));

export const handler = httpFunction(setStripeSourceRoute, setStripeSource);
