import type { WebhookDelivery, WebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-ports';
import { liveSecrets } from '#shared/domain/webhook/secrets';

/** An endpoint without its secrets. */
export function endpointAnswer(endpoint: WebhookEndpoint): Record<string, unknown> {
  const { endpointId, url, events, description, status, statusReason } = endpoint;
  const { failingSince, failures, createdAt, changedAt } = endpoint;
  const secrets = liveSecrets(endpoint.secrets, Date.now());
  return {
    endpointId,
    url,
    events,
    description,
    status,
    statusReason,
    secrets: secrets.map((secret) => ({ createdAt: secret.createdAt, expiresAt: secret.expiresAt })),
    failingSince,
    failures,
    createdAt,
    changedAt,
  };
}

export function deliveryAnswer(delivery: WebhookDelivery): Record<string, unknown> {
  const { deliveryId, webhookId, type, occurredAt, createdAt, state, nextAttemptAt, attempts } = delivery;
  return { deliveryId, webhookId, type, occurredAt, createdAt, status: state, nextAttemptAt, attempts };
}

export function deliveryWithPayload(delivery: WebhookDelivery): Record<string, unknown> {
  return { ...deliveryAnswer(delivery), payload: JSON.parse(delivery.body) as unknown };
}
