import { deliveryWithPayload } from '#functions/notifications/webhooks/answers';
import { deliveries, endpoints } from '#functions/notifications/webhooks/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeGetWebhookDelivery } from '#shared/application/notifications/webhooks/webhook-deliveries';
import { getWebhookDeliveryRoute } from '#shared/contracts/notifications/webhooks/get-webhook-delivery';

const get = makeGetWebhookDelivery({ endpoints, deliveries });

export const getWebhookDelivery: HttpHandler<typeof getWebhookDeliveryRoute> = async ({ params }) =>
  deliveryWithPayload(await get(params));

export const handler = httpFunction(getWebhookDeliveryRoute, getWebhookDelivery);
