import { endpointAnswer } from '#functions/notifications/webhooks/answers';
import { endpoints } from '#functions/notifications/webhooks/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { requireEndpoint } from '#shared/application/notifications/webhooks/webhook-endpoints';
import { getWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/get-webhook-endpoint';

export const getWebhookEndpoint: HttpHandler<typeof getWebhookEndpointRoute> = async ({ params }) =>
  endpointAnswer(await requireEndpoint(endpoints, params));

export const handler = httpFunction(getWebhookEndpointRoute, getWebhookEndpoint);
