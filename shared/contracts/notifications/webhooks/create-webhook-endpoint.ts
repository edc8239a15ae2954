import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import {
  webhookDescriptionSchema,
  webhookEndpointSchema,
  webhookEventsSchema,
  webhookSecretSchema,
  webhookUrlSchema,
} from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';

export const createWebhookEndpointRoute = defineRoute({
  name: 'create-webhook-endpoint',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/webhook-endpoints',
  summary: 'Add an endpoint that is told of events',
  description:
    'Messages are signed as Standard Webhooks says. The secret is in this answer and nowhere else: a repeat with the same Idempotency-Key makes no second endpoint and answers 409 already_exists with the endpointId; rotate its secret to see a new one.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    url: webhookUrlSchema,
    events: webhookEventsSchema.optional(),
    description: webhookDescriptionSchema.optional(),
  }),
  status: 201,
  response: webhookEndpointSchema.extend({ secret: webhookSecretSchema }),
});
