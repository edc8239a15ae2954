import { deliveryWithPayload } from '#functions/notifications/webhooks/answers';
import { beginning } from '#functions/notifications/webhooks/begin-composition';
import { deliveries, endpoints, idempotency } from '#functions/notifications/webhooks/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeBeginDelivery } from '#shared/application/notifications/webhooks/deliver-webhooks';
import { makeRedeliverWebhook } from '#shared/application/notifications/webhooks/webhook-deliveries';
import { redeliverWebhookRoute } from '#shared/contracts/notifications/webhooks/redeliver-webhook';

const redeliver = makeRedeliverWebhook({ endpoints, deliveries, begin: makeBeginDelivery(beginning) });

export const redeliverWebhook: HttpHandler<typeof redeliverWebhookRoute> = async ({ params }) =>
  deliveryWithPayload(await redeliver(params));

export const handler = httpFunction(redeliverWebhookRoute, redeliverWebhook, { idempotency });
