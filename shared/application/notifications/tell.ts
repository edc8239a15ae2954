import type {
  NoticeMessage,
  NoticeTo,
  RenderNotice,
  Tell,
  ToldEvent,
} from '#shared/application/notifications/messages';
import type { NoticeMail, Outbox, Told } from '#shared/application/notifications/outbox';
import { type Delivery, type Habits, nextDigest, planDelivery } from '#shared/application/notifications/plan-delivery';
import { type Preferences, USUAL_DIGEST_HOUR } from '#shared/application/notifications/preferences';
import { makeReaderOf } from '#shared/application/notifications/readers';
import type { FindRecipients, Recipient } from '#shared/application/notifications/recipients';
import { composeMail, type SendDeps, sendClaimed } from '#shared/application/notifications/send-claimed';
import type { Suppressions } from '#shared/application/notifications/suppressions';
import type { Digest } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { lastDigestBy } from '#shared/domain/time/reading-hours';

export type TellDeps = SendDeps & {
  readonly recipients: FindRecipients;
  readonly programs: Pick<ProgramReader, 'get' | 'zone'>;
  readonly preferences: Pick<Preferences, 'find'>;
  readonly suppressions: Pick<Suppressions, 'isSuppressed'>;
  readonly outbox: Pick<Outbox, 'open' | 'startMail' | 'endMail' | 'giveBack'>;
  readonly render: RenderNotice;
  readonly digest: Digest;
};

/** As often as others may be faster, or digests be closed, one after the other. */
const MAX_TRIES = 8;
const ID_DIGITS = 32;

/**
 * Tells people, each once a channel however often it is called: one inbox item and at most one e-mail.
 * 1. The whole message is composed first, so that a fault in it costs nothing.
 * 2. Inbox item, the claim on the e-mail and what waits are written together, once an event and reader.
 * 3. An e-mail that is due goes out at once; one that waits for quiet hours to end, or for a digest, is sent by
 *    `send-due-mail`.
 * @throws Error when an e-mail was not sent and should be tried again; whoever was told by then is not told again
 */
export function makeTell(deps: TellDeps): Tell {
  const { outbox, log } = deps;
  const readerOf = makeReaderOf(deps);

  return async (event, to, message) => {
    const { programId, eventId } = event;
    const [program, people] = await Promise.all([deps.programs.get(programId), deps.recipients(programId, to)]);
    if (people.length === 0) log.warn('a notice concerns nobody who can be told', { eventId, kind: message.kind });
    const tries = await Promise.allSettled(people.map((one) => tellOne({ program, event, to, message }, one)));
    for (const one of tries) if (one.status === 'rejected') throw one.reason;
  };

  async function tellOne(what: Notice, recipient: Recipient): Promise<void> {
    const { program, event, message } = what;
    const { programId } = program;
    const { kind } = message;
    const { audience, recipientId, email } = recipient;
    const { habits, reader } = await readerOf(program, recipient);
    const nowMs = deps.clock();
    const delivery = await reachable(planDelivery(kind, audience, habits, nowMs), programId, email);
    if (delivery.how === 'nothing') return;
    // A bare address has no inbox and has chosen nothing: it hears of what is usually told at once, and of nothing else.
    if (recipientId === undefined && delivery.how === 'digest') return;
    const render = (as: typeof reader) => deps.render(message, as);
    const { rendered, mail } = await composeMail(deps, { programId, recipientId, kind, to: email, reader, render });
    const { title, text } = rendered;
    const noticeId = idOf(event);
    const mailId = recipient.mark === '' ? noticeId : `${noticeId}~${recipient.mark}`;
    const { occurredAt } = event;
    const inbox =
      recipientId === undefined ? undefined : { programId, recipientId, noticeId, kind, title, text, occurredAt };
    await open({ programId, mailId, inbox }, delivery, habits, { ...what, mark: recipient.mark });
    if (delivery.how !== 'mail' || delivery.at > nowMs) return;
    const outcome = await sendClaimed(deps, { programId, mailId }, mail);
    if (outcome === 'not_sent') throw new Error(`the e-mail of ${mailId} was not sent; deliver the event again`);
  }

  /** Where no e-mail can go the inbox has it. */
  async function reachable(delivery: Delivery, programId: string, email: string): Promise<Delivery> {
    if (delivery.how !== 'mail') return delivery;
    return (await deps.suppressions.isSuppressed(programId, email)) ? { how: 'inbox' } : delivery;
  }

  async function open(
    told: Omit<Told, 'mail'>,
    delivery: Exclude<Delivery, { how: 'nothing' }>,
    habits: Habits,
    notice: Notice & { readonly mark: string },
  ): Promise<void> {
    let wanted = delivery;
    for (let count = 0; count < MAX_TRIES; count += 1) {
      const opened = await outbox.open({ ...told, mail: waitingFor(wanted, told, habits, notice) });
      if (opened === 'opened' || opened === 'exists') return;
      if (opened === 'closed' && wanted.how === 'digest') {
        wanted = { ...wanted, at: nextDigest(habits, wanted.rhythm, wanted.at) };
      }
    }
    throw new Error(`${told.mailId} could not be written down; deliver the event again`);
  }

  function waitingFor(
    delivery: Exclude<Delivery, { how: 'nothing' }>,
    { inbox }: Omit<Told, 'mail'>,
    habits: Habits,
    { to, message, mark, event: { occurredAt } }: Notice & { readonly mark: string },
  ): Told['mail'] {
    if (delivery.how === 'mail') {
      const mail: NoticeMail = { type: 'notice', to, mark, message, occurredAt };
      return { how: 'wait', dueAt: toInstant(delivery.at), mail };
    }
    if (delivery.how === 'inbox' || !inbox) return { how: 'none' };
    const { rhythm, at } = delivery;
    const from = toInstant(digestBefore(habits, rhythm, at));
    const digest = { type: 'digest', recipientId: inbox.recipientId, rhythm, from, to: toInstant(at) } as const;
    return { how: 'collect', digest, notice: { ...message, occurredAt } };
  }

  /** The event's own id where a path can hold it. */
  function idOf({ eventId }: ToldEvent): string {
    return /^[\w.:~-]{1,200}$/.test(eventId) ? eventId : deps.digest(eventId).slice(0, ID_DIGITS);
  }
}

type Notice = {
  readonly program: Program;
  readonly event: ToldEvent;
  readonly to: NoticeTo;
  readonly message: NoticeMessage;
};

/** When the digest before the one at `atMs` came. */
function digestBefore({ choices, zone }: Habits, rhythm: 'daily' | 'monthly', atMs: EpochMs): EpochMs {
  return lastDigestBy(atMs - 1, rhythm, choices?.digestHour ?? USUAL_DIGEST_HOUR, zone);
}
