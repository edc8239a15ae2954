import type { NoticeTo, Reader, RenderNotice, Tell } from '#shared/application/notifications/messages';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import type { FindRecipients, Recipient } from '#shared/application/notifications/recipients';
import { sendOnce } from '#shared/application/notifications/tell-once';
import type { Digest, Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';

export type TellDeps = {
  readonly recipients: FindRecipients;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly notices: Notices;
  readonly render: RenderNotice;
  readonly mailer: Mailer;
  readonly digest: Digest;
  readonly log: Log;
};

/**
 * Tells people, each once a channel however often it is called: one inbox item and at most one e-mail.
 * @throws Error when an e-mail was not sent and should be tried again; whoever was told by then is not told again
 */
export function makeTell({ recipients, programs, notices, render, mailer, log }: TellDeps): Tell {
  return async (event, to: NoticeTo, message) => {
    const { programId, eventId, occurredAt } = event;
    const [program, people] = await Promise.all([programs.get(programId), recipients(programId, to)]);
    if (people.length === 0) log.warn('a notice concerns nobody who can be told', { eventId, kind: message.kind });
    const tries = await Promise.allSettled(people.map(tellOne));
    for (const one of tries) if (one.status === 'rejected') throw one.reason;

    async function tellOne(recipient: Recipient): Promise<void> {
      const { title, text, subject, mail } = render(message, readerOf(recipient, program));
      const claim = { programId, eventId: recipient.mark === '' ? eventId : `${eventId}~${recipient.mark}` };
      if (to.audience === 'partner') {
        const { partnerId } = to;
        await notices.open({ programId, partnerId, noticeId: eventId, kind: message.kind, title, text, occurredAt });
      } else await notices.openMail(programId, claim.eventId);
      await sendOnce({ notices, mailer, log }, claim, { to: recipient.email, subject, ...mail });
    }
  };
}

function readerOf({ audience, name, language, timeZone }: Recipient, program: Program): Reader {
  const { programId, currency } = program;
  return {
    audience,
    name,
    language: language ?? 'en',
    timeZone: timeZone ?? program.timeZone,
    program: { programId, name: program.name, currency },
  };
}
