import {
  deliveryPathSchema,
  webhookDeliveryWithPayloadSchema,
} from '#shared/contracts/notifications/webhooks/webhook-delivery';
import { defineRoute } from '#shared/contracts/route';

export const getWebhookDeliveryRoute = defineRoute({
  name: 'get-webhook-delivery',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}/deliveries/{deliveryId}',
  summary: 'Read a delivery with its payload',
  access: ['admin'],
  params: deliveryPathSchema,
  status: 200,
  response: webhookDeliveryWithPayloadSchema,
});
