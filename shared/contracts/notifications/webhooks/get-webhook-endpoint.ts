import { endpointPathSchema, webhookEndpointSchema } from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';

export const getWebhookEndpointRoute = defineRoute({
  name: 'get-webhook-endpoint',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}',
  summary: 'Read a webhook endpoint',
  access: ['admin'],
  params: endpointPathSchema,
  status: 200,
  response: webhookEndpointSchema,
});
