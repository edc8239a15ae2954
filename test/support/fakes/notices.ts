import type { MailState, Notice, Notices } from '#shared/application/notifications/ports';
import { compareText } from '#shared/domain/time/instant';

/** Inbox and mail claims in memory. */
export function makeMemoryNotices(): Notices & {
  mailState(programId: string, noticeId: string): MailState | undefined;
} {
  const inbox = new Map<string, Notice>();
  const mails = new Map<string, MailState>();
  const keyOf = (programId: string, noticeId: string): string => `${programId}/${noticeId}`;
  const positionOf = (notice: Notice): string => `${notice.occurredAt}#${notice.noticeId}`;
  return {
    mailState: (programId, noticeId) => mails.get(keyOf(programId, noticeId)),
    async open(notice) {
      const key = keyOf(notice.programId, notice.noticeId);
      if (mails.has(key)) return;
      inbox.set(key, notice);
      mails.set(key, 'pending');
    },
    async openMail(programId, noticeId) {
      const key = keyOf(programId, noticeId);
      if (!mails.has(key)) mails.set(key, 'pending');
    },
    async startMail(programId, noticeId) {
      const key = keyOf(programId, noticeId);
      if (mails.get(key) !== 'pending') return false;
      mails.set(key, 'sending');
      return true;
    },
    async endMail(programId, noticeId, state) {
      const key = keyOf(programId, noticeId);
      if (mails.get(key) === 'sending') mails.set(key, state);
    },
    async list(programId, partnerId, { cursor, limit }) {
      const before = cursor === undefined ? '￿' : Buffer.from(cursor, 'base64url').toString('utf8');
      const all = [...inbox.values()]
        .filter((notice) => notice.programId === programId && notice.partnerId === partnerId)
        .filter((notice) => positionOf(notice) < before)
        .sort((a, b) => compareText(positionOf(b), positionOf(a)));
      const items = all.slice(0, limit);
      const last = items.at(-1);
      return {
        items,
        nextCursor: all.length > limit && last ? Buffer.from(positionOf(last)).toString('base64url') : undefined,
      };
    },
  };
}
