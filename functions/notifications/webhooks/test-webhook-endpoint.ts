import { deliveryWithPayload } from '#functions/notifications/webhooks/answers';
import { clock, deliveries, endpoints, idempotency } from '#functions/notifications/webhooks/composition';
import { attempt } from '#functions/notifications/webhooks/sending-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { digest } from '#shared/adapters/digest';
import { makeTestWebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-deliveries';
import { testWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/test-webhook-endpoint';

const test = makeTestWebhookEndpoint({ endpoints, deliveries, attempt, digest, clock });

export const testWebhookEndpoint: HttpHandler<typeof testWebhookEndpointRoute> = async ({ params }, context) =>
  deliveryWithPayload(await test({ ...params, testId: context.newId }));

export const handler = httpFunction(testWebhookEndpointRoute, testWebhookEndpoint, { idempotency });
