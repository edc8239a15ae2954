import { changeWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/change-webhook-endpoint';
import { createWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/create-webhook-endpoint';
import { getWebhookDeliveryRoute } from '#shared/contracts/notifications/webhooks/get-webhook-delivery';
import { getWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/get-webhook-endpoint';
import { listWebhookDeliveriesRoute } from '#shared/contracts/notifications/webhooks/list-webhook-deliveries';
import { listWebhookEndpointsRoute } from '#shared/contracts/notifications/webhooks/list-webhook-endpoints';
import { redeliverWebhookRoute } from '#shared/contracts/notifications/webhooks/redeliver-webhook';
import { rotateWebhookSecretRoute } from '#shared/contracts/notifications/webhooks/rotate-webhook-secret';
import { testWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/test-webhook-endpoint';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of webhooks. */
export const webhookRoutes: readonly RouteContract[] = [
  createWebhookEndpointRoute,
  listWebhookEndpointsRoute,
  getWebhookEndpointRoute,
  changeWebhookEndpointRoute,
  rotateWebhookSecretRoute,
  testWebhookEndpointRoute,
  listWebhookDeliveriesRoute,
  getWebhookDeliveryRoute,
  redeliverWebhookRoute,
];
