import type { Page } from '#shared/application/ports';
import type { MailReport, StopReason } from '#shared/domain/mail/mail-health';
import type { Instant } from '#shared/domain/time/instant';

/** That e-mail to an address is stopped in a programme. The address itself is not kept. */
export type Suppression = {
  readonly programId: string;
  /** The hash of the address, by which it is recognised. */
  readonly problemId: string;
  /** Enough for somebody who knows the address to recognise it. */
  readonly maskedAddress: string;
  readonly reason: StopReason;
  readonly since: Instant;
  /** What the receiving side said, without addresses; shown to staff. */
  readonly detail?: string | undefined;
};

/** What SES reports of one address that a message was sent to. */
export type MailFeedback = MailReport & { readonly programId: string; readonly email: string };

export type Lift = { readonly at: Instant; readonly by: string; readonly why: string };

/** Addresses that get no e-mail from a programme, whatever the kind. A changed address is another one, and starts anew. */
export type Suppressions = {
  isSuppressed(programId: string, email: string): Promise<boolean>;
  find(programId: string, email: string): Promise<Suppression | undefined>;
  /** Weighs a report: a repeat changes nothing, and the first reason for a stop stays. `stopped`: from now on. */
  suppress(feedback: MailFeedback): Promise<'stopped' | 'noted' | 'nothing_new'>;
  /** `not_stopped`: there is no such problem, or it was lifted before. */
  lift(programId: string, problemId: string, lift: Lift): Promise<'lifted' | 'not_stopped'>;
  /** Those in force, newest first. */
  list(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<Suppression>>;
};
