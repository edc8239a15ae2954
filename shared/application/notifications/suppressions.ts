import type { Page } from '#shared/application/ports';
import type { Instant } from '#shared/domain/time/instant';

/** Why no more e-mail goes to an address: it does not exist or refuses us, it failed again and again, or its reader complained. */
export type SuppressionReason = 'bounced' | 'keeps_failing' | 'complained';

/** That e-mail to an address is stopped in a programme. The address itself is not kept. */
export type Suppression = {
  readonly programId: string;
  readonly problemId: string;
  readonly addressHash: string;
  /** Enough for somebody who knows the address to recognise it. */
  readonly maskedAddress: string;
  readonly reason: SuppressionReason;
  readonly since: Instant;
  /** What the receiving side said, without addresses; shown to staff. */
  readonly detail?: string | undefined;
};

/** What SES reports of one address that a message was sent to. */
export type MailFeedback = {
  readonly programId: string;
  readonly email: string;
  readonly finding: 'permanent_bounce' | 'transient_bounce' | 'complaint';
  readonly messageId: string;
  /** When the message was sent: a report on one from before a lift says nothing new. */
  readonly sentAt: Instant;
  readonly reportedAt: Instant;
  readonly detail?: string | undefined;
};

export type Lift = { readonly at: Instant; readonly by: string; readonly why: string };

/** Addresses that get no e-mail from a programme, whatever the kind. A changed address is another one, and starts anew. */
export type Suppressions = {
  isSuppressed(programId: string, email: string): Promise<boolean>;
  find(programId: string, email: string): Promise<Suppression | undefined>;
  /** Weighs a report: a repeat changes nothing, and the first reason for a stop stays. */
  suppress(feedback: MailFeedback): Promise<void>;
  /** `not_stopped`: there is no such problem, or it was lifted before. */
  lift(programId: string, problemId: string, lift: Lift): Promise<'lifted' | 'not_stopped'>;
  /** Those in force, newest first. */
  list(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<Suppression>>;
};
