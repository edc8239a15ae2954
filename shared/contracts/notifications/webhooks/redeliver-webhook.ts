import {
  deliveryPathSchema,
  webhookDeliveryWithPayloadSchema,
} from '#shared/contracts/notifications/webhooks/webhook-delivery';
import { defineRoute } from '#shared/contracts/route';

export const redeliverWebhookRoute = defineRoute({
  name: 'redeliver-webhook',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver',
  summary: 'Send a delivery again',
  description:
    'The same message under the same webhook-id, whatever became of it: once before the answer, which shows what came of it, then by the schedule anew.',
  access: ['admin'],
  params: deliveryPathSchema,
  status: 202,
  response: webhookDeliveryWithPayloadSchema,
});
