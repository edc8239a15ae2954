import type { DomainEvent } from '#shared/contracts/events';
import type { Instant } from '#shared/domain/time/instant';

/** An endpoint is asked no more: it failed for a week, or answered that it is gone. */
export type WebhookPause = {
  readonly programId: string;
  readonly endpointId: string;
  readonly pausedAt: Instant;
  /** Of one that is gone: when it said so. */
  readonly failingSince: Instant;
  /** Of its address, without what stands behind it. */
  readonly host: string;
  readonly why: 'failing' | 'gone';
};

/** Told to the people who run the programme. */
export function webhookPausedEvent(pause: WebhookPause): DomainEvent {
  const { programId, endpointId, pausedAt, failingSince, host, why } = pause;
  const eventId = `webhook-paused~${programId}~${endpointId}~${pausedAt}`;
  return { type: 'webhook.paused', eventId, programId, occurredAt: pausedAt, endpointId, host, failingSince, why };
}
