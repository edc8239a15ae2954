import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { webhookEndpointSchema } from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';

export const listWebhookEndpointsRoute = defineRoute({
  name: 'list-webhook-endpoints',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/webhook-endpoints',
  summary: "List a programme's webhook endpoints, oldest first",
  description: 'All of them: a programme has at most 20. Those that were removed are left out.',
  access: ['admin'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(webhookEndpointSchema) }),
});
