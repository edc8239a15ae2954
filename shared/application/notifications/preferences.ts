import type { SummedKind } from '#shared/application/notifications/cadences';
import type { Cadence, Language, NoticeKind } from '#shared/application/notifications/messages';
import type { Instant } from '#shared/domain/time/instant';
import type { QuietHours } from '#shared/domain/time/reading-hours';

/** Who reads notices: `partner:{partnerId}` or `staff:{personId}`. */
export type RecipientId = string;

const PARTNER = 'partner:';
/** The partner that reads, if it is one. */
export function partnerOf(recipientId: RecipientId): string | undefined {
  return recipientId.startsWith(PARTNER) ? recipientId.slice(PARTNER.length) : undefined;
}
export const partnerRecipient = (partnerId: string): RecipientId => `${PARTNER}${partnerId}`;

const STAFF = 'staff:';
export function staffOf(recipientId: RecipientId): string | undefined {
  return recipientId.startsWith(STAFF) ? recipientId.slice(STAFF.length) : undefined;
}
export const staffRecipient = (personId: string): RecipientId => `${STAFF}${personId}`;

/** What a reader has chosen; what is absent is as usual. */
export type Choices = {
  readonly cadences: Readonly<Partial<Record<NoticeKind, Cadence>>>;
  readonly language?: Language | undefined;
  /** IANA. */
  readonly timeZone?: string | undefined;
  readonly quietHours?: QuietHours | undefined;
  /** Hour of the reader's clock at which digests come, 0 to 23. */
  readonly digestHour?: number | undefined;
};

/** From inclusive, until exclusive; absent: always. */
export type SummedSpan = { readonly from?: Instant | undefined; readonly until?: Instant | undefined };

export type StoredChoices = Choices & {
  /** When digests sum up the sales of a kind, which were told one by one, or not at all, before and after. */
  readonly summed?: { readonly [K in SummedKind]?: readonly SummedSpan[] | undefined } | undefined;
  /** Of choices without spans: since when sales are summed up. */
  readonly salesFrom?: Instant | undefined;
  /** Grows by one with each save. */
  readonly version: number;
  readonly changedAt: Instant;
  readonly changedBy: string;
};

/** Choices of readers, an item each. */
export type Preferences = {
  find(programId: string, recipientId: RecipientId): Promise<StoredChoices | undefined>;
  /** `stale` when the one before `version` is not the newest: read again. */
  save(programId: string, recipientId: RecipientId, choices: StoredChoices): Promise<'saved' | 'stale'>;
  /** Of everybody in a programme who has chosen something; may lag behind a save. */
  list(programId: string): AsyncIterable<{ readonly recipientId: RecipientId; readonly choices: StoredChoices }>;
};

/** The hour at which digests come unless their reader says otherwise: before the day's work. */
export const USUAL_DIGEST_HOUR = 8;
