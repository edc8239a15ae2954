import { mailPage } from '#shared/application/notifications/mail-page';
import type { Mail, Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';
import type { Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';

export type NotifyHoldsEscalated = {
  readonly eventId: string;
  readonly programId: string;
  readonly orderIds: readonly string[];
};

/**
 * Tells the programme's escalation contact of held sales that nobody decided on in time, by one e-mail however often the event
 * comes. A programme without a contact has nobody to tell: its list of holds shows them all the same.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export function makeNotifyHoldsEscalated(deps: {
  contacts: Pick<EscalationContacts, 'find'>;
  programs: Pick<ProgramReader, 'get'>;
  notices: Pick<Notices, 'openMail' | 'startMail' | 'endMail'>;
  mailer: Mailer;
  log: Log;
}) {
  return async (event: NotifyHoldsEscalated): Promise<TellOutcome | 'nobody'> => {
    const { programId, eventId, orderIds } = event;
    const [program, contact] = await Promise.all([deps.programs.get(programId), deps.contacts.find(programId)]);
    if (!contact) {
      deps.log.warn('overdue holds have no escalation contact to be told', { eventId });
      return 'nobody';
    }
    await deps.notices.openMail(programId, eventId);
    return sendOnce(deps, event, { ...heldMail(orderIds, program), to: contact.email });
  };
}

/** No word of why a sale is held: that is for whoever opens it. */
export function heldMail(orderIds: readonly string[], { name }: Pick<Program, 'name'>): Omit<Mail, 'to'> {
  const sales = orderIds.length === 1 ? 'A held sale is' : `${orderIds.length} held sales are`;
  const title = `${sales} overdue in ${name}`;
  const facts = [
    `Nobody has decided in time on ${orderIds.length === 1 ? 'order' : 'the orders'} ${orderIds.join(', ')}.`,
    'A partner manager should release or void each of them. Until then they earn nothing, and nothing ends a hold by itself.',
  ];
  const footer = 'You are the escalation contact of this programme. No other reminder of these sales follows.';
  const text = `${[...facts, footer].join('\n\n')}\n`;
  return { subject: title, text, html: mailPage(title, 'Hello,', facts, footer) };
}
