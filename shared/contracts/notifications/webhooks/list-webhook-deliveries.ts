import * as z from 'zod';
import { cursorSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { deliveryStateSchema, webhookDeliverySchema } from '#shared/contracts/notifications/webhooks/webhook-delivery';
import { endpointPathSchema } from '#shared/contracts/notifications/webhooks/webhook-endpoint';
import { defineRoute } from '#shared/contracts/route';

export const listWebhookDeliveriesRoute = defineRoute({
  name: 'list-webhook-deliveries',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/webhook-endpoints/{endpointId}/deliveries',
  summary: 'Read what an endpoint was told, newest event first',
  description:
    'Kept for 90 days. With `status` a page may hold fewer than `limit`, also none, while a next one follows.',
  access: ['admin'],
  params: endpointPathSchema,
  query: z.strictObject({ cursor: cursorSchema, limit: limitSchema, status: deliveryStateSchema.optional() }),
  status: 200,
  response: pageOf(webhookDeliverySchema),
});
