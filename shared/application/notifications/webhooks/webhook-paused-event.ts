import type { DomainEvent } from '#shared/contracts/events';
import type { Instant } from '#shared/domain/time/instant';

/** An endpoint failed for a week and is asked no more. */
export type WebhookPause = {
  readonly programId: string;
  readonly endpointId: string;
  readonly pausedAt: Instant;
  readonly failingSince: Instant;
  /** Of its address, without what stands behind it. */
  readonly host: string;
};

/** Told to the people who run the programme. */
export function webhookPausedEvent(pause: WebhookPause): DomainEvent {
  const { programId, endpointId, pausedAt, failingSince, host } = pause;
  const eventId = `webhook-paused~${programId}~${endpointId}~${pausedAt}`;
  return { type: 'webhook.paused', eventId, programId, occurredAt: pausedAt, endpointId, host, failingSince };
}
