import type { RefreshRequest } from '#shared/application/partners/overview/overview';
import type { DomainEvent } from '#shared/contracts/events';

/** What starts a refresh. The same request has the same id. */
export function refreshRequestedEvent({ programId, period, requestId, at }: RefreshRequest): DomainEvent {
  const eventId = `overview-refresh~${programId}~${period}~${requestId}`;
  return { type: 'overview.refresh_requested', eventId, programId, occurredAt: at, period, requestId };
}
