import type { Letter } from '#shared/application/partners/applications/ports';
import type { DomainEvent } from '#shared/contracts/events';

export type ApplicationEvent = Extract<
  DomainEvent,
  { type: 'application.received' | 'application.accepted' | 'application.declined' }
>;

/** What the world hears of an application: that it came, or how it ended, and nothing of the applicant. The same has the same id. */
export function applicationEvent({ programId, applicationId, version, kind, orderedAt }: Letter): ApplicationEvent {
  const eventId = `application-${kind}~${programId}~${applicationId}~${version}`;
  return { type: `application.${kind}`, eventId, programId, occurredAt: orderedAt, applicationId, version };
}
