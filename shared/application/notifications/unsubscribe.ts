import type { NoticeKind } from '#shared/application/notifications/messages';

/** A kind of notice, or all kinds that a digest brings: those its reader has set to that cadence. */
export type UnsubscribeKind = NoticeKind | 'digest.daily' | 'digest.monthly';

/** Who wants no more e-mail of what. `recipientId`: `partner:{partnerId}` or `staff:{personId}`. */
export type UnsubscribeFrom = {
  readonly programId: string;
  readonly recipientId: string;
  readonly kind: UnsubscribeKind;
};

/** Where a reader ends e-mail of a kind, for the text, and the headers by which mail programs offer it (RFC 2369, RFC 8058). */
export type UnsubscribeLink = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

export type UnsubscribeLinks = {
  /** `undefined` for what cannot be off. @throws Failure temporarily_unavailable while no key can be had: send later */
  linkOf(from: UnsubscribeFrom): Promise<UnsubscribeLink | undefined>;
};
