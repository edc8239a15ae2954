import { receiveEvent } from '#functions/referrals/stripe-receiving-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { receiveStripeEventRoute } from '#shared/contracts/referrals/receive-stripe-event';

export const receiveStripeEvent: HttpHandler<typeof receiveStripeEventRoute> = ({ params }, { headers, rawBody }) =>
  receiveEvent({ ...params, payload: rawBody(), signature: headers['stripe-signature'] ?? '' });

export const handler = httpFunction(receiveStripeEventRoute, receiveStripeEvent);
