import type { Page } from '#shared/application/ports';

/** Something a partner is told, once a channel. */
export type Notice = {
  readonly programId: string;
  readonly partnerId: string;
  /** The event it tells of: the same however often that is delivered. */
  readonly noticeId: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly occurredAt: string;
};

/**
 * `pending`: nobody has tried, or a try certainly sent nothing. `sending`: somebody has tried, and unless `sent`,
 * `refused` or `unknown` follows, nobody knows with what outcome.
 */
export type MailState = 'pending' | 'sending' | 'sent' | 'refused' | 'unknown';

export type Notices = {
  /** Puts the notice into the inbox and opens the claim on its e-mail, together; a repeat changes nothing. */
  open(notice: Notice): Promise<void>;
  /** Opens the claim on an e-mail that belongs to no inbox; a repeat changes nothing. */
  openMail(programId: string, noticeId: string): Promise<void>;
  /** Takes the e-mail from `pending` to `sending`: true for one caller alone. */
  startMail(programId: string, noticeId: string): Promise<boolean>;
  endMail(programId: string, noticeId: string, state: Exclude<MailState, 'sending'>): Promise<void>;
  /** Newest first. */
  list(
    programId: string,
    partnerId: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<Notice>>;
};

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Beside those that every message has, such as how to unsubscribe. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** By which reports on the message find the programme; nothing personal. `kind`: of the notice, or `digest.daily`. */
  readonly about?: { readonly programId: string; readonly kind: string } | undefined;
};

/**
 * `not_sent`: certainly nothing went out, and a later try may succeed. `refused`: certainly nothing went out, nor will it.
 * `unknown`: no answer came, so that it may have gone out.
 */
export type MailOutcome = 'sent' | 'not_sent' | 'refused' | 'unknown';

export type Mailer = { send(mail: Mail): Promise<MailOutcome> };
