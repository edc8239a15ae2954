import { mayBeOff } from '#shared/application/notifications/cadences';
import type { NoticeKind, Reader, RenderedNotice } from '#shared/application/notifications/messages';
import type { Outbox } from '#shared/application/notifications/outbox';
import type { Mail, Mailer, MailOutcome } from '#shared/application/notifications/ports';
import type { RecipientId } from '#shared/application/notifications/preferences';
import type { UnsubscribeKind, UnsubscribeLink, UnsubscribeLinks } from '#shared/application/notifications/unsubscribe';
import type { Clock, Log } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';

export type SendDeps = {
  readonly outbox: Pick<Outbox, 'startMail' | 'endMail' | 'giveBack'>;
  readonly mailer: Mailer;
  readonly unsubscribe: UnsubscribeLinks;
  readonly clock: Clock;
  readonly log: Log;
};

type Letter = {
  readonly programId: string;
  readonly recipientId: RecipientId | undefined;
  readonly kind: UnsubscribeKind;
  readonly to: string;
  readonly reader: Reader;
  readonly render: (reader: Reader) => RenderedNotice;
};

/** An e-mail as it goes out, with the way to end e-mails of its kind where there is one; nothing is claimed yet. */
export async function composeMail(
  { unsubscribe }: Pick<SendDeps, 'unsubscribe'>,
  { programId, recipientId, kind, to, reader, render }: Letter,
): Promise<{ readonly rendered: RenderedNotice; readonly mail: Mail }> {
  const link = await linkFor(unsubscribe, { programId, recipientId, kind });
  const rendered = render(link ? { ...reader, links: { ...reader.links, unsubscribe: link.url } } : reader);
  const { subject, mail } = rendered;
  const about = { programId, kind };
  return { rendered, mail: { to, subject, ...mail, about, ...(link ? { headers: link.headers } : {}) } };
}

async function linkFor(
  unsubscribe: UnsubscribeLinks,
  { programId, recipientId, kind }: Pick<Letter, 'programId' | 'recipientId' | 'kind'>,
): Promise<UnsubscribeLink | undefined> {
  if (recipientId === undefined) return undefined;
  const isDigest = kind === 'digest.daily' || kind === 'digest.monthly';
  return isDigest || mayBeOff(kind satisfies NoticeKind)
    ? unsubscribe.linkOf({ programId, recipientId, kind })
    : undefined;
}

export type SendOutcome = MailOutcome | 'told_before';

/**
 * Sends an e-mail whose claim is open: one caller alone takes the claim, sends, and notes the outcome. What certainly was not
 * sent waits again, and is due at once. A try without an answer, and a crash while sending, keep the claim for ever: at most
 * once, because a second e-mail cannot be taken back.
 */
export async function sendClaimed(
  { outbox, mailer, clock, log }: SendDeps,
  { programId, mailId }: { readonly programId: string; readonly mailId: string },
  mail: Mail,
): Promise<SendOutcome> {
  if (!(await outbox.startMail(programId, mailId))) return 'told_before';
  const outcome = await mailer.send(mail);
  if (outcome === 'not_sent') await outbox.giveBack(programId, mailId, toInstant(clock()));
  else await outbox.endMail(programId, mailId, outcome);
  if (outcome === 'unknown') log.error('an e-mail has an unknown outcome and is not sent again', { mailId });
  if (outcome === 'refused') log.warn('an e-mail was refused; the notice is in the inbox', { mailId });
  return outcome;
}
