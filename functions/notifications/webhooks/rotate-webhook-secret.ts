import { endpointAnswer } from '#functions/notifications/webhooks/answers';
import { callerOf } from '#functions/notifications/webhooks/caller';
import { clock, endpoints } from '#functions/notifications/webhooks/composition';
import { secrets } from '#functions/notifications/webhooks/signing-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeRotateWebhookSecret } from '#shared/application/notifications/webhooks/webhook-endpoints';
import { rotateWebhookSecretRoute } from '#shared/contracts/notifications/webhooks/rotate-webhook-secret';

const rotate = makeRotateWebhookSecret({ endpoints, secrets, clock });

export const rotateWebhookSecret: HttpHandler<typeof rotateWebhookSecretRoute> = async ({ params, body }, context) => {
  const { endpoint, secret } = await rotate({ ...params, ...body, ...callerOf(context) });
  return { ...endpointAnswer(endpoint), secret };
};

// Without an idempotency store: it would keep the answer, and with it the secret.
export const handler = httpFunction(rotateWebhookSecretRoute, rotateWebhookSecret);
