import { endpointAnswer } from '#functions/notifications/webhooks/answers';
import { endpoints } from '#functions/notifications/webhooks/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeListWebhookEndpoints } from '#shared/application/notifications/webhooks/webhook-endpoints';
import { listWebhookEndpointsRoute } from '#shared/contracts/notifications/webhooks/list-webhook-endpoints';

const list = makeListWebhookEndpoints({ endpoints, programs });

export const listWebhookEndpoints: HttpHandler<typeof listWebhookEndpointsRoute> = async ({ params }) => ({
  items: (await list(params.programId)).map(endpointAnswer),
});

export const handler = httpFunction(listWebhookEndpointsRoute, listWebhookEndpoints);
