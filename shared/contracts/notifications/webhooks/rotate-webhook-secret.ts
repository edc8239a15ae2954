import * as z from 'zod';
import {
  endpointPathSchema,
  webhookEndpointSchema,
  webhookSecretSchema,
} from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';
import { KEEP_OLD_HOURS } from '#shared/domain/webhook/secrets';

export const rotateWebhookSecretRoute = defineRoute({
  name: 'rotate-webhook-secret',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}/secrets',
  summary: 'Give a webhook endpoint a new secret',
  description:
    'The new one is in this answer and nowhere else. The old ones sign too for `keepOldHours`, so that the receiver takes the new one over without losing a message; 0 after a leak. Each call makes another secret, also a repeat.',
  access: ['admin'],
  peopleOnly: true,
  params: endpointPathSchema,
  body: z
    .strictObject({ keepOldHours: z.int().min(0).max(KEEP_OLD_HOURS).default(KEEP_OLD_HOURS) })
    .default({ keepOldHours: KEEP_OLD_HOURS }),
  status: 201,
  response: webhookEndpointSchema.extend({ secret: webhookSecretSchema }),
});
