import { idempotency } from '#functions/referrals/composition';
import { stripeEventAnswer } from '#functions/referrals/stripe-answers';
import { retryEvent } from '#functions/referrals/stripe-processing-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { retryStripeEventRoute } from '#shared/contracts/referrals/retry-stripe-event';

export const retryStripeEvent: HttpHandler<typeof retryStripeEventRoute> = async ({ params }) =>
  stripeEventAnswer(await retryEvent(params));

export const handler = httpFunction(retryStripeEventRoute, retryStripeEvent, { idempotency });
