import type { Amount, NoticeMessage, NoticeTo } from '#shared/application/notifications/messages';
import type { RecipientId } from '#shared/application/notifications/preferences';
import type { Page } from '#shared/application/ports';
import type { Instant } from '#shared/domain/time/instant';
import type { DigestRhythm } from '#shared/domain/time/reading-hours';

/** A notice in somebody's inbox. */
export type InboxNotice = {
  readonly programId: string;
  readonly recipientId: RecipientId;
  /** The same however often what it tells of is delivered. */
  readonly noticeId: string;
  /** Of a notice or digest. */
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly occurredAt: Instant;
  readonly readAt?: Instant | undefined;
};

/** An e-mail of one notice that waits to be sent, with all it takes to write it. */
export type NoticeMail = {
  readonly type: 'notice';
  readonly to: NoticeTo;
  /** Which of those who are told. */
  readonly mark: string;
  readonly message: NoticeMessage;
  readonly occurredAt: Instant;
};

export type SalesSum = { readonly recorded: number; readonly held: number; readonly amounts: readonly Amount[] };

/** A digest of one reader. */
export type DigestMail = {
  readonly type: 'digest';
  readonly recipientId: RecipientId;
  readonly rhythm: DigestRhythm;
  /** Since the one before. */
  readonly from: Instant;
  readonly to: Instant;
  readonly sales?: SalesSum | undefined;
};

/** `collecting`: a digest that still takes notices. `pending`: to be sent, by whoever takes the claim. */
export type WaitingState = 'collecting' | 'pending';

/** How an e-mail ended. `unknown`: no answer came, so that it may have gone out. `skipped`: by then nobody was to get it. */
export type MailEnd = 'sent' | 'refused' | 'unknown' | 'skipped';

/** `sending`: somebody has tried, and unless an end follows, nobody knows with what outcome. `collected`: a digest brings it. */
export type MailState = WaitingState | 'sending' | 'collected' | MailEnd;

export type WaitingMail = {
  readonly programId: string;
  readonly mailId: string;
  readonly dueAt: Instant;
  readonly state: WaitingState;
  readonly mail: NoticeMail | DigestMail;
};

/** A notice that a digest brings. */
export type CollectedNotice = NoticeMessage & { readonly occurredAt: Instant };

export type Told = {
  readonly programId: string;
  readonly mailId: string;
  /** Absent for a bare address. */
  readonly inbox?: InboxNotice | undefined;
  /** `none`: in the inbox alone. */
  readonly mail:
    | { readonly how: 'wait'; readonly dueAt: Instant; readonly mail: NoticeMail }
    | { readonly how: 'collect'; readonly digest: DigestMail; readonly notice: CollectedNotice }
    | { readonly how: 'none' };
};

/** E-mails and what inboxes show of them. Each e-mail has one claim, which one caller alone takes. */
export type Outbox = {
  /**
   * Inbox item, claim and what waits, written together and once. `exists`: told before. `closed`: the digest takes no more.
   * `contended`: others wrote at the same time, and nothing is known to be written.
   */
  open(told: Told): Promise<'opened' | 'exists' | 'closed' | 'contended'>;
  /** Puts sums into the digest, opens it if need be, and moves the reader's sums from `after` to `through`, together. */
  addSales(sums: {
    readonly programId: string;
    readonly digest: DigestMail & { readonly sales: SalesSum };
    readonly after: Instant | undefined;
    readonly through: Instant;
  }): Promise<'added' | 'refused'>;
  /** Through when a reader's sales have been summed up. */
  salesThrough(programId: string, recipientId: RecipientId): Promise<Instant | undefined>;
  /** Through when the digests of a programme have been planned. */
  plannedThrough(programId: string): Promise<Instant | undefined>;
  savePlanned(programId: string, through: Instant): Promise<void>;
  /** What waits and is due, the oldest first; may lag behind. */
  due(programId: string, now: Instant): AsyncIterable<WaitingMail>;
  /**
   * From `collecting` to `pending`: nothing is added any more. What waits then, which `due` may show from before the last of it came;
   * `undefined`: nothing.
   */
  close(programId: string, mailId: string): Promise<WaitingMail['mail'] | undefined>;
  collected(programId: string, mailId: string): Promise<readonly CollectedNotice[]>;
  /** Into an inbox without an e-mail of its own; a repeat changes nothing. */
  putInbox(notice: InboxNotice): Promise<void>;
  /** What waits and stays `pending` is due at another time. */
  postpone(programId: string, mailId: string, dueAt: Instant): Promise<void>;
  /** From `pending` to `sending`: true for one caller alone. */
  startMail(programId: string, mailId: string): Promise<boolean>;
  endMail(programId: string, mailId: string, end: MailEnd): Promise<void>;
  /** From `sending` back to `pending`, due again at `dueAt`: certainly nothing went out. */
  giveBack(programId: string, mailId: string, dueAt: Instant): Promise<void>;
  /** From `pending` to `skipped`. */
  skip(programId: string, mailId: string): Promise<void>;
};

/** What readers see. */
export type Inbox = {
  /** Newest first. */
  list(
    programId: string,
    recipientId: RecipientId,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<InboxNotice>>;
  /** How many of the newest `within` have not been read. */
  unread(programId: string, recipientId: RecipientId, within: number): Promise<number>;
  /** The first time stays. `not_found`: no such notice. */
  markRead(programId: string, recipientId: RecipientId, noticeId: string, at: Instant): Promise<'read' | 'not_found'>;
};
