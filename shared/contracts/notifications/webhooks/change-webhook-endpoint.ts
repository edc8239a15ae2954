import * as z from 'zod';
import {
  endpointPathSchema,
  webhookDescriptionSchema,
  webhookEndpointSchema,
  webhookEventsSchema,
  webhookUrlSchema,
} from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';

export const changeWebhookEndpointRoute = defineRoute({
  name: 'change-webhook-endpoint',
  service: 'notifications',
  method: 'PATCH',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}',
  summary: 'Change, switch off, switch on or remove a webhook endpoint',
  description:
    'What is left out stays. `enabled` also ends a pause and forgets the failures before; what was skipped meanwhile is sent by `redeliver`. What is `disabled` is told nothing, and nothing is kept for it. `removed` is for ever.',
  access: ['admin'],
  peopleOnly: true,
  params: endpointPathSchema,
  body: z
    .strictObject({
      url: webhookUrlSchema.optional(),
      events: webhookEventsSchema.nullable().optional().meta({ description: 'Null: all.' }),
      description: webhookDescriptionSchema.nullable().optional(),
      status: z.enum(['enabled', 'disabled', 'removed']).optional(),
    })
    .refine((body) => Object.keys(body).length > 0, 'must name something to change'),
  status: 200,
  response: webhookEndpointSchema.extend({ status: z.enum(['enabled', 'paused', 'disabled', 'removed']) }),
});
