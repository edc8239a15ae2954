import { digestMailId } from '#shared/application/notifications/digest-mail-id';
import type {
  CollectedNotice,
  DigestMail,
  Inbox,
  InboxNotice,
  MailState,
  NoticeMail,
  Outbox,
  WaitingMail,
} from '#shared/application/notifications/outbox';
import { compareText, type Instant } from '#shared/domain/time/instant';

type StoredMail = {
  state: MailState;
  dueAt?: Instant | undefined;
  mail?: NoticeMail | DigestMail | undefined;
};

export type MemoryOutbox = Outbox &
  Inbox & {
    mailState(programId: string, mailId: string): MailState | undefined;
    /** Every e-mail with its state, by id. */
    states(): ReadonlyMap<string, MailState>;
  };

/** E-mails, their claims and inboxes in memory. */
export function makeMemoryOutbox(): MemoryOutbox {
  const mails = new Map<string, StoredMail>();
  const inboxes = new Map<string, InboxNotice>();
  const entries = new Map<string, CollectedNotice[]>();
  const sums = new Map<string, Instant>();
  const keyOf = (...parts: readonly string[]): string => parts.join('#');
  const move = (programId: string, mailId: string, from: MailState, change: Partial<StoredMail>): boolean => {
    const mail = mails.get(keyOf(programId, mailId));
    if (mail?.state !== from) return false;
    Object.assign(mail, change);
    return true;
  };
  const inboxKey = ({ programId, recipientId, occurredAt, noticeId }: InboxNotice): string =>
    keyOf(programId, recipientId, occurredAt, noticeId);
  const ofReader = (programId: string, recipientId: string): InboxNotice[] =>
    [...inboxes.values()]
      .filter((one) => one.programId === programId && one.recipientId === recipientId)
      .sort((a, b) => compareText(positionOf(b), positionOf(a)));
  const takes = (programId: string, digest: DigestMail): boolean =>
    ['collecting', undefined].includes(mails.get(keyOf(programId, digestMailId(digest)))?.state);
  const collect = (programId: string, mail: DigestMail, replaces: boolean): void => {
    const key = keyOf(programId, digestMailId(mail));
    const before = mails.get(key)?.mail;
    mails.set(key, { state: 'collecting', dueAt: mail.to, mail: replaces ? mail : (before ?? mail) });
  };

  return {
    mailState: (programId, mailId) => mails.get(keyOf(programId, mailId))?.state,
    states: () => new Map([...mails].map(([key, { state }]) => [key, state])),
    async open({ programId, mailId, inbox, mail }) {
      const key = keyOf(programId, mailId);
      if (mails.has(key) || (inbox && inboxes.has(inboxKey(inbox)))) return 'exists';
      if (mail.how === 'collect') {
        if (!takes(programId, mail.digest)) return 'closed';
        const id = keyOf(programId, digestMailId(mail.digest));
        entries.set(id, [...(entries.get(id) ?? []), mail.notice]);
        collect(programId, mail.digest, false);
        mails.set(key, { state: 'collected' });
      } else if (mail.how === 'wait') mails.set(key, { state: 'pending', dueAt: mail.dueAt, mail: mail.mail });
      else mails.set(key, { state: 'skipped' });
      if (inbox) inboxes.set(inboxKey(inbox), inbox);
      return 'opened';
    },
    async addSales({ programId, digest, after, through }) {
      const mark = keyOf(programId, digest.recipientId);
      const before = mails.get(keyOf(programId, digestMailId(digest)))?.mail;
      const hasSales = before?.type === 'digest' && before.sales !== undefined;
      if (sums.get(mark) !== after || hasSales || !takes(programId, digest)) return 'refused';
      collect(programId, digest, true);
      sums.set(mark, through);
      return 'added';
    },
    salesThrough: async (programId, recipientId) => sums.get(keyOf(programId, recipientId)),
    plannedThrough: async (programId) => sums.get(keyOf(programId, ' planned')),
    async savePlanned(programId, through) {
      sums.set(keyOf(programId, ' planned'), through);
    },
    async *due(programId, now) {
      const found = [...mails].flatMap(([key, { state, dueAt, mail }]): WaitingMail[] => {
        if ((state !== 'pending' && state !== 'collecting') || !mail || dueAt === undefined || dueAt > now) return [];
        return key.startsWith(`${programId}#`)
          ? [{ programId, mailId: key.slice(programId.length + 1), dueAt, state, mail }]
          : [];
      });
      yield* found.sort((a, b) => compareText(`${a.dueAt}#${a.mailId}`, `${b.dueAt}#${b.mailId}`));
    },
    async close(programId, mailId) {
      move(programId, mailId, 'collecting', { state: 'pending' });
      const { state, mail } = mails.get(keyOf(programId, mailId)) ?? {};
      return state === 'pending' ? mail : undefined;
    },
    collected: async (programId, mailId) =>
      (entries.get(keyOf(programId, mailId)) ?? []).toSorted((a, b) => compareText(a.occurredAt, b.occurredAt)),
    async putInbox(notice) {
      if (!inboxes.has(inboxKey(notice))) inboxes.set(inboxKey(notice), notice);
    },
    async postpone(programId, mailId, dueAt) {
      move(programId, mailId, 'pending', { dueAt });
    },
    startMail: async (programId, mailId) => move(programId, mailId, 'pending', { state: 'sending' }),
    async endMail(programId, mailId, end) {
      move(programId, mailId, 'sending', { state: end, mail: undefined });
    },
    async giveBack(programId, mailId, dueAt) {
      move(programId, mailId, 'sending', { state: 'pending', dueAt });
    },
    async skip(programId, mailId) {
      move(programId, mailId, 'pending', { state: 'skipped', mail: undefined });
    },
    async list(programId, recipientId, { cursor, limit }) {
      const before = cursor === undefined ? '￿' : Buffer.from(cursor, 'base64url').toString('utf8');
      const all = ofReader(programId, recipientId).filter((one) => positionOf(one) < before);
      const items = all.slice(0, limit);
      const last = items.at(-1);
      const nextCursor = all.length > limit && last ? Buffer.from(positionOf(last)).toString('base64url') : undefined;
      return { items, nextCursor };
    },
    unread: async (programId, recipientId, within) =>
      ofReader(programId, recipientId)
        .slice(0, within)
        .filter(({ readAt }) => readAt === undefined).length,
    async markRead(programId, recipientId, noticeId, at) {
      const notice = ofReader(programId, recipientId).find((one) => one.noticeId === noticeId);
      if (!notice) return 'not_found';
      inboxes.set(inboxKey(notice), { ...notice, readAt: notice.readAt ?? at });
      return 'read';
    },
  };
}

function positionOf({ occurredAt, noticeId }: InboxNotice): string {
  return `${occurredAt}#${noticeId}`;
}
