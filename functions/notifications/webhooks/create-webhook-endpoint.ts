import { endpointAnswer } from '#functions/notifications/webhooks/answers';
import { callerOf } from '#functions/notifications/webhooks/caller';
import { managing } from '#functions/notifications/webhooks/endpoint-composition';
import { secrets } from '#functions/notifications/webhooks/signing-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeCreateWebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-endpoints';
import { createWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/create-webhook-endpoint';

const create = makeCreateWebhookEndpoint({ ...managing, secrets });

export const createWebhookEndpoint: HttpHandler<typeof createWebhookEndpointRoute> = async (
  { params, body },
  context,
) => {
  const { endpoint, secret } = await create({
    ...params,
    ...body,
    endpointId: context.newId,
    ...callerOf(context),
  });
  return { ...endpointAnswer(endpoint), secret };
};

// Without an idempotency store: it would keep the answer, and with it the secret.
export const handler = httpFunction(createWebhookEndpointRoute, createWebhookEndpoint);
