import type { Mail, Mailer, MailOutcome, Notices } from '#shared/application/notifications/ports';
import type { Log } from '#shared/application/ports';

export type TellOutcome = MailOutcome | 'told_before';

/**
 * Sends the one e-mail of an event whose claim is open: one caller alone takes the claim, sends, and notes the outcome.
 * A try that certainly sent nothing gives the claim back and rejects, so that the event is delivered again. A try without
 * an answer, and a crash while sending, keep the claim for ever: at most once, because a second e-mail cannot be taken back.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export async function sendOnce(
  deps: { readonly notices: Pick<Notices, 'startMail' | 'endMail'>; readonly mailer: Mailer; readonly log: Log },
  { programId, eventId }: { readonly programId: string; readonly eventId: string },
  mail: Mail,
): Promise<TellOutcome> {
  if (!(await deps.notices.startMail(programId, eventId))) return 'told_before';
  const outcome = await deps.mailer.send(mail);
  await deps.notices.endMail(programId, eventId, outcome === 'not_sent' ? 'pending' : outcome);
  if (outcome === 'not_sent') throw new Error(`the e-mail of ${eventId} was not sent; deliver the event again`);
  if (outcome === 'unknown') deps.log.error('an e-mail has an unknown outcome and is not sent again', { eventId });
  if (outcome === 'refused') deps.log.warn('an e-mail was refused; the notice is in the inbox', { eventId });
  return outcome;
}
