import { stripeSourceAnswer } from '#functions/referrals/stripe-answers';
import { readSource } from '#functions/referrals/stripe-list-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getStripeSourceRoute } from '#shared/contracts/referrals/get-stripe-source';

export const getStripeSource: HttpHandler<typeof getStripeSourceRoute> = async ({ params }) =>
  stripeSourceAnswer(await readSource(params));

export const handler = httpFunction(getStripeSourceRoute, getStripeSource);
