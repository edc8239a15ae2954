import type { WebhookDelivery, WebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-ports';
import type { Digest } from '#shared/application/ports';
import { type SentType, WEBHOOK_TEST, type WebhookEvent } from '#shared/contracts/notifications/webhooks/webhook-event';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';

const ID_LENGTH = 26;

type Told = Omit<WebhookEvent, 'type'> & { readonly type: SentType };

/**
 * What an endpoint is to be told of an event, as Standard Webhooks shapes it: `{type, timestamp, data}`. The ids follow from the
 * event, so that a repeat of it makes the same delivery; the message's id is the same at every endpoint.
 */
export function deliveryOf(
  event: Told,
  { programId, endpointId, status }: Pick<WebhookEndpoint, 'programId' | 'endpointId' | 'status'>,
  deps: { readonly digest: Digest; readonly nowMs: EpochMs },
): WebhookDelivery {
  const idOf = (...parts: readonly string[]): string => deps.digest(parts.join('/')).slice(0, ID_LENGTH);
  const occurredAt = toInstant(Date.parse(event.occurredAt));
  return {
    programId,
    endpointId,
    deliveryId: `${occurredAt.replaceAll(/[-:.]/g, '')}-${idOf(programId, event.eventId, endpointId)}`,
    webhookId: `msg_${idOf(programId, event.eventId)}`,
    type: event.type,
    occurredAt,
    createdAt: toInstant(deps.nowMs),
    body: JSON.stringify({ type: event.type, timestamp: occurredAt, data: event.data }),
    state: status === 'enabled' || event.type === WEBHOOK_TEST ? 'pending' : 'skipped',
    round: 1,
    roundAttempts: 0,
    attempts: [],
  };
}
