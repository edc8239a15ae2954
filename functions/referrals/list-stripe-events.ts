import { stripeEventAnswer } from '#functions/referrals/stripe-answers';
import { listEvents } from '#functions/referrals/stripe-list-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listStripeEventsRoute } from '#shared/contracts/referrals/list-stripe-events';

export const listStripeEvents: HttpHandler<typeof listStripeEventsRoute> = async ({ params, query }) => {
  const { items, ...page } = await listEvents({ ...params, ...query });
  return { items: items.map(stripeEventAnswer), ...page };
};

export const handler = httpFunction(listStripeEventsRoute, listStripeEvents);
