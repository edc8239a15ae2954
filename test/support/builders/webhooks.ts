import type { WebhookDelivery, WebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-ports';
import { toInstant } from '#shared/domain/time/instant';

export const WEBHOOK_START_MS = Date.parse('2026-11-22T10:00:00Z');
const START = toInstant(WEBHOOK_START_MS);

export function anEndpoint(overrides: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    programId: 'acme',
    endpointId: 'e1',
    url: 'https://hook.example.com/in',
    status: 'enabled',
    secrets: [{ keyId: 'k', salt: 's', box: 'b', createdAt: START }],
    version: 1,
    createdAt: START,
    changedAt: START,
    changedBy: 'person:anna',
    ...overrides,
  };
}

export function aDelivery(overrides: Partial<WebhookDelivery> = {}): WebhookDelivery {
  return {
    programId: 'acme',
    endpointId: 'e1',
    deliveryId: '20261122T100000000Z-abc',
    webhookId: 'msg_abc',
    type: 'payout.paid',
    occurredAt: START,
    createdAt: START,
    body: '{"type":"payout.paid"}',
    state: 'pending',
    round: 1,
    roundAttempts: 0,
    attempts: [],
    ...overrides,
  };
}
