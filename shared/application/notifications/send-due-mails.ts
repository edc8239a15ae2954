import { cadenceOf } from '#shared/application/notifications/cadences';
import type { RenderDigest, RenderNotice } from '#shared/application/notifications/messages';
import type { DigestMail, NoticeMail, Outbox, SalesSum, WaitingMail } from '#shared/application/notifications/outbox';
import { mailTime } from '#shared/application/notifications/plan-delivery';
import type { Choices, Preferences } from '#shared/application/notifications/preferences';
import { makeReaderOf } from '#shared/application/notifications/readers';
import type { FindRecipient, FindRecipients } from '#shared/application/notifications/recipients';
import {
  composeMail,
  type SendDeps,
  type SendOutcome,
  sendClaimed,
} from '#shared/application/notifications/send-claimed';
import type { Suppressions } from '#shared/application/notifications/suppressions';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { TimeBox } from '#shared/application/time-box';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { afterQuietHours } from '#shared/domain/time/reading-hours';

export type SendDueMailsDeps = SendDeps & {
  readonly recipients: FindRecipients;
  readonly recipient: FindRecipient;
  readonly programs: Pick<ProgramReader, 'zone'>;
  readonly preferences: Pick<Preferences, 'find'>;
  readonly suppressions: Pick<Suppressions, 'isSuppressed'>;
  readonly outbox: Omit<Outbox, 'open' | 'addSales' | 'salesThrough' | 'plannedThrough' | 'savePlanned'>;
  readonly render: RenderNotice;
  readonly renderDigest: RenderDigest;
};

/** Below the rate at which a new account of SES sends, 14 a second, at a tenth of a second or more each. */
const MAILS_AT_ONCE = 4;
/** So many in a row that SES took nothing of: it will not take the next either, and the hour after is soon enough. */
const MAX_NOT_SENT = 20;

export type DueMails = { readonly sent: number; readonly skipped: number; readonly waiting: number };

type Fate = SendOutcome | 'skipped' | 'postponed';

/**
 * Sends what waits and is due: e-mails that waited for quiet hours to end, that were certainly not sent before, and digests. Each
 * at most once, by its claim; whatever is interrupted is found again the next hour, and so is all of an outage. Who is gone by
 * now, gets no more e-mail or has switched the kind off gets none: the inbox has it.
 */
export function makeSendDueMails(deps: SendDueMailsDeps) {
  const { outbox, log } = deps;
  const readerOf = makeReaderOf(deps);

  return async (program: Program, nowMs: EpochMs, box: TimeBox): Promise<DueMails> => {
    const { programId } = program;
    const count = { sent: 0, skipped: 0, waiting: 0 };
    let notSentInARow = 0;
    await forEachConcurrently(outbox.due(programId, toInstant(nowMs)), MAILS_AT_ONCE, async (waiting) => {
      if (box.isOver() || notSentInARow >= MAX_NOT_SENT) {
        count.waiting += 1;
        return;
      }
      const fate = await fateOf(program, waiting);
      notSentInARow = fate === 'not_sent' ? notSentInARow + 1 : 0;
      if (fate === 'sent') count.sent += 1;
      else if (fate === 'skipped') count.skipped += 1;
      else if (fate !== 'told_before') count.waiting += 1;
    });
    return count;
  };

  /** An e-mail that cannot be written holds up no other: the next hour tries it again. */
  async function fateOf(program: Program, waiting: WaitingMail): Promise<Fate> {
    const { programId, mailId } = waiting;
    try {
      const mail = waiting.state === 'collecting' ? await outbox.close(programId, mailId) : waiting.mail;
      if (!mail) return 'told_before';
      return mail.type === 'notice' ? await sendNotice(program, mailId, mail) : await sendDigest(program, mailId, mail);
    } catch (error) {
      log.error('an e-mail that is due could not be sent', { programId, mailId, error: String(error) });
      return 'postponed';
    }
  }

  async function sendNotice(program: Program, mailId: string, notice: NoticeMail): Promise<Fate> {
    const { programId } = program;
    const { to, mark, message } = notice;
    const { kind } = message;
    const recipient = (await deps.recipients(programId, to)).find((one) => one.mark === mark);
    if (!recipient) return skip(programId, mailId);
    const { habits, reader } = await readerOf(program, recipient);
    if (cadenceOf(kind, habits.choices) === 'off') return skip(programId, mailId);
    const postponed = await waitsUntil(programId, mailId, (ms) => mailTime(kind, habits, ms));
    if (postponed) return 'postponed';
    if (await deps.suppressions.isSuppressed(programId, recipient.email)) return skip(programId, mailId);
    const render = (as: typeof reader) => deps.render(message, as);
    const { recipientId, email } = recipient;
    const { mail } = await composeMail(deps, { programId, recipientId, kind, to: email, reader, render });
    return sendClaimed(deps, { programId, mailId }, mail);
  }

  async function sendDigest(program: Program, mailId: string, digest: DigestMail): Promise<Fate> {
    const { programId } = program;
    const recipient = await deps.recipient(programId, digest.recipientId);
    if (!recipient) return skip(programId, mailId);
    const { habits, reader } = await readerOf(program, recipient);
    const all = await outbox.collected(programId, mailId);
    const notices = all.filter(({ kind }) => cadenceOf(kind, habits.choices) !== 'off');
    const { rhythm: cadence, from, to } = digest;
    const sales = digest.sales && wantedOf(digest.sales, habits.choices);
    if (notices.length === 0 && !sales) return skip(programId, mailId);
    const render = (as: typeof reader) => deps.renderDigest({ cadence, from, to, notices, sales }, as);
    const { email } = recipient;
    const letter = {
      programId,
      recipientId: digest.recipientId,
      kind: `digest.${cadence}` as const,
      to: email,
      reader,
    };
    const { rendered, mail } = await composeMail(deps, { ...letter, render });
    if (sales) await showInInbox(program, mailId, digest, rendered);
    const quiet = habits.choices?.quietHours;
    const postponed = quiet && (await waitsUntil(programId, mailId, (ms) => afterQuietHours(ms, quiet, habits.zone)));
    if (postponed) return 'postponed';
    if (await deps.suppressions.isSuppressed(programId, email)) return skip(programId, mailId);
    return sendClaimed(deps, { programId, mailId }, mail);
  }

  /** The notices of a digest are in the inbox already; its sales are nowhere else. */
  async function showInInbox(
    { programId }: Program,
    mailId: string,
    { recipientId, rhythm, to }: DigestMail,
    { title, text }: { readonly title: string; readonly text: string },
  ): Promise<void> {
    const kind = `digest.${rhythm}`;
    await outbox.putInbox({ programId, recipientId, noticeId: mailId, kind, title, text, occurredAt: to });
  }

  /** By the clock of now: a long call may have come into quiet hours. */
  async function waitsUntil(programId: string, mailId: string, timeOf: (nowMs: EpochMs) => EpochMs): Promise<boolean> {
    const nowMs = deps.clock();
    const atMs = timeOf(nowMs);
    if (atMs > nowMs) await outbox.postpone(programId, mailId, toInstant(atMs));
    return atMs > nowMs;
  }

  async function skip(programId: string, mailId: string): Promise<'skipped'> {
    await outbox.skip(programId, mailId);
    return 'skipped';
  }
}

/** A reader may have switched sales off while their sum waited. */
function wantedOf(sales: SalesSum, choices: Choices | undefined): SalesSum | undefined {
  const recorded = cadenceOf('conversion.recorded', choices) === 'off' ? 0 : sales.recorded;
  const held = cadenceOf('conversion.held', choices) === 'off' ? 0 : sales.held;
  return recorded + held === 0 ? undefined : { recorded, held, amounts: recorded === 0 ? [] : sales.amounts };
}
