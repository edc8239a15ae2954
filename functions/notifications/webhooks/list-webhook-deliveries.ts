import { deliveryAnswer } from '#functions/notifications/webhooks/answers';
import { deliveries, endpoints } from '#functions/notifications/webhooks/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeListWebhookDeliveries } from '#shared/application/notifications/webhooks/webhook-deliveries';
import { listWebhookDeliveriesRoute } from '#shared/contracts/notifications/webhooks/list-webhook-deliveries';

const list = makeListWebhookDeliveries({ endpoints, deliveries });

export const listWebhookDeliveries: HttpHandler<typeof listWebhookDeliveriesRoute> = async ({ params, query }) => {
  const { status: state, ...page } = query;
  const { items, nextCursor } = await list({ ...params, ...page, state });
  return { items: items.map(deliveryAnswer), nextCursor };
};

export const handler = httpFunction(listWebhookDeliveriesRoute, listWebhookDeliveries);
