import { escalationMail } from '#shared/application/notifications/dispute-notice';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';

export type NotifyDisputeEscalation = {
  readonly eventId: string;
  readonly programId: string;
  readonly disputeId: string;
};

/**
 * Tells the programme's escalation contact of an overdue dispute, by one e-mail however often the event comes. A programme
 * without a contact has nobody to tell: its list of disputes shows it first all the same.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export function makeNotifyDisputeEscalation(deps: {
  disputes: Pick<DisputeStore, 'find'>;
  contacts: Pick<EscalationContacts, 'find'>;
  programs: Pick<ProgramReader, 'get'>;
  notices: Pick<Notices, 'openMail' | 'startMail' | 'endMail'>;
  mailer: Mailer;
  log: Log;
}) {
  return async (event: NotifyDisputeEscalation): Promise<TellOutcome | 'nobody'> => {
    const { programId, disputeId, eventId } = event;
    const [dispute, program, contact] = await Promise.all([
      deps.disputes.find(programId, disputeId),
      deps.programs.get(programId),
      deps.contacts.find(programId),
    ]);
    if (!dispute || !contact) {
      deps.log.warn('an overdue dispute has no escalation contact to be told', { eventId });
      return 'nobody';
    }
    await deps.notices.openMail(programId, eventId);
    return sendOnce(deps, event, { ...escalationMail(dispute, program), to: contact.email });
  };
}
