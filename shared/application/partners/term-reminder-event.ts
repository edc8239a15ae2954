import type { RecordedReminder } from '#shared/application/partners/remind-partners';
import type { DomainEvent } from '#shared/contracts/events';

/** What the world hears of what ends soon. The same end of the same thing has the same id. */
export function termReminderEvent({ programId, partnerId, at, reminder }: RecordedReminder): DomainEvent {
  const whose = { programId, partnerId, occurredAt: at };
  const { endsAt } = reminder;
  const idOf = (id: string): string => `${reminder.kind}-expiring~${programId}~${partnerId}~${id}~${endsAt}`;
  if (reminder.kind === 'certification') {
    const { certificationId, certification } = reminder;
    const eventId = idOf(certificationId);
    return { type: 'certification.expiring', eventId, ...whose, certificationId, certification, expiresAt: endsAt };
  }
  const { agreementId, renewal, noticeBy } = reminder;
  const ends = { agreementId, endsAt, renewal, noticeBy };
  return { type: 'agreement.expiring', eventId: idOf(agreementId), ...whose, ...ends };
}
