import { type EpochMs, type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** `unconfirmed`: the applicant has not followed the link in its e-mail yet. `waiting`: for the programme's decision. */
export const APPLICATION_STATUSES = ['unconfirmed', 'waiting', 'accepted', 'declined'] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

const DAY_MS = 86_400_000;
/** Whoever has not confirmed by then has changed its mind, or was never the one who applied. */
export const CONFIRM_WITHIN_DAYS = 7;
/** Long enough to answer a question about a refusal, and no longer: it is personal data of somebody who is no partner. */
export const DECLINED_KEPT_DAYS = 90;
/** How often an address may be sent a link before it confirms one: whoever types another's address in must not fill a mailbox. */
export const MAX_LINKS_AN_ADDRESS = 3;
/** The same again within this time is the same click twice. */
const SAME_CLICK_MS = 600_000;

type Lapsing = { readonly lapsesAt?: Instant | undefined };

/** From then on an application counts as gone: the table removes lapsed items some time later. */
export function hasLapsed({ lapsesAt }: Lapsing, nowMs: EpochMs): boolean {
  return lapsesAt !== undefined && toEpochMs(lapsesAt) <= nowMs;
}

export function lapseAfter(days: number, nowMs: EpochMs): Instant {
  return toInstant(nowMs + days * DAY_MS);
}

type Earlier = Lapsing & {
  readonly status: ApplicationStatus;
  readonly receivedAt: Instant;
  readonly contentHash: string;
  readonly links: number;
};

/**
 * What becomes of an application from an address that has applied before. `kept`: the first one stands, and nobody is written to;
 * `replaced`: what was said before, and was not confirmed or was declined, gives way; `too_often`: no further link today.
 */
export function weighAgain(
  earlier: Earlier | undefined,
  contentHash: string,
  nowMs: EpochMs,
): { readonly outcome: 'new' | 'kept' | 'too_often' } | { readonly outcome: 'replaced'; readonly links: number } {
  if (!earlier) return { outcome: 'new' };
  if (hasLapsed(earlier, nowMs) || earlier.status === 'declined') return { outcome: 'replaced', links: 0 };
  if (earlier.status !== 'unconfirmed') return { outcome: 'kept' };
  const isSameClick = earlier.contentHash === contentHash && nowMs - toEpochMs(earlier.receivedAt) < SAME_CLICK_MS;
  if (isSameClick) return { outcome: 'kept' };
  if (earlier.links >= MAX_LINKS_AN_ADDRESS) return { outcome: 'too_often' };
  return { outcome: 'replaced', links: earlier.links };
}
