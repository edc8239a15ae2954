import { webhookDeliveryWithPayloadSchema } from '#shared/contracts/notifications/webhooks/webhook-delivery';
import { endpointPathSchema } from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';

export const testWebhookEndpointRoute = defineRoute({
  name: 'test-webhook-endpoint',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}/test',
  summary: 'Send an endpoint a webhook.test',
  description:
    'Once, signed like every message, also to an endpoint that is not enabled; the answer shows what came of it. It counts neither for nor against the endpoint.',
  access: ['admin'],
  params: endpointPathSchema,
  status: 201,
  response: webhookDeliveryWithPayloadSchema,
});
