import { endpointAnswer } from '#functions/notifications/webhooks/answers';
import { callerOf } from '#functions/notifications/webhooks/caller';
import { managing } from '#functions/notifications/webhooks/endpoint-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeChangeWebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-endpoints';
import { changeWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/change-webhook-endpoint';

const change = makeChangeWebhookEndpoint(managing);

export const changeWebhookEndpoint: HttpHandler<typeof changeWebhookEndpointRoute> = async (
  { params, body },
  context,
) => endpointAnswer(await change({ ...params, ...body, ...callerOf(context) }));

export const handler = httpFunction(changeWebhookEndpointRoute, changeWebhookEndpoint);
