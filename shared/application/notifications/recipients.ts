import type { Audience, Language, NoticeTo } from '#shared/application/notifications/messages';
import type { RecipientId } from '#shared/application/notifications/preferences';

/** Somebody who is told. */
export type Recipient = {
  readonly audience: Audience;
  /** Absent for a bare address, such as a programme's escalation contact: it has no inbox and no preferences. */
  readonly recipientId?: RecipientId | undefined;
  /** Tells the recipients of one event apart, without their address; empty for the partner that an event is about. */
  readonly mark: string;
  readonly name: string;
  readonly email: string;
  /** As the programme recorded them; the reader's own choices win. */
  readonly language?: Language | undefined;
  readonly timeZone?: string | undefined;
};

/** Who is to be told now: nobody twice, and nobody who is gone. */
export type FindRecipients = (programId: string, to: NoticeTo) => Promise<readonly Recipient[]>;

/** One reader by its id, if it is still there. */
export type FindRecipient = (programId: string, recipientId: RecipientId) => Promise<Recipient | undefined>;
