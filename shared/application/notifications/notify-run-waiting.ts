import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { type WaitingRun, waitingRunMail } from '#shared/application/notifications/run-notice';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';
import type { Digest, Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';

/** Enough to tell the addresses of a programme apart. */
const MARK_DIGITS = 16;

/**
 * Tells those who decide on payouts that a run waits for them, each reminder, and that it expired: one e-mail a person and event,
 * however often that comes. Where nobody is named for it the escalation contact is told; a programme without either has nobody to
 * tell: its list of runs shows them all the same.
 * @throws Error when an e-mail was not sent and should be tried again; who was told by then is not told again
 */
export function makeNotifyRunWaiting(deps: {
  readonly contacts: Pick<EscalationContacts, 'find' | 'approvers'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly notices: Pick<Notices, 'openMail' | 'startMail' | 'endMail'>;
  readonly mailer: Mailer;
  readonly digest: Digest;
  readonly log: Log;
}) {
  return async (run: WaitingRun & { readonly eventId: string }): Promise<readonly TellOutcome[]> => {
    const { programId, eventId } = run;
    const [program, people] = await Promise.all([deps.programs.get(programId), peopleOf(programId)]);
    if (people.length === 0) deps.log.warn('a waiting payout run has nobody to be told', { eventId });
    const mail = waitingRunMail(run, program);
    const tries = await Promise.allSettled(
      people.map(async (to) => {
        // The address itself stands in no key: it is personal.
        const ofPerson = { programId, eventId: `${eventId}/${deps.digest(to).slice(0, MARK_DIGITS)}` };
        await deps.notices.openMail(programId, ofPerson.eventId);
        return sendOnce(deps, ofPerson, { ...mail, to });
      }),
    );
    return tries.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  };

  async function peopleOf(programId: string): Promise<readonly string[]> {
    const approvers = await deps.contacts.approvers(programId);
    if (approvers.length > 0) return approvers;
    const contact = await deps.contacts.find(programId);
    return contact ? [contact.email] : [];
  }
}
