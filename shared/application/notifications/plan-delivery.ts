import { cadenceOf, isRhythm, isSummed } from '#shared/application/notifications/cadences';
import { type Audience, KINDS, type NoticeKind } from '#shared/application/notifications/messages';
import { type Choices, USUAL_DIGEST_HOUR } from '#shared/application/notifications/preferences';
import type { EpochMs } from '#shared/domain/time/instant';
import { afterQuietHours, type DigestRhythm, nextDigestAfter } from '#shared/domain/time/reading-hours';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** How one reader is told of one thing. All but `nothing` is in the inbox. */
export type Delivery =
  /** By an e-mail at `at`, which is now unless the reader's hours are quiet. */
  | { readonly how: 'mail'; readonly at: EpochMs }
  | { readonly how: 'digest'; readonly rhythm: DigestRhythm; readonly at: EpochMs }
  | { readonly how: 'inbox' }
  /** A sale that the next digest sums up with the others, or that its reader does not want to hear of. */
  | { readonly how: 'nothing' };

export type Habits = { readonly choices: Choices | undefined; readonly zone: TimeZone };

/** When a reader may get an e-mail of a kind: security waits for no quiet hours. */
export function mailTime(kind: NoticeKind, { choices, zone }: Habits, nowMs: EpochMs): EpochMs {
  if (KINDS[kind].category === 'security' || !choices?.quietHours) return nowMs;
  return afterQuietHours(nowMs, choices.quietHours, zone);
}

/** The first digest after an instant, by the reader's clock. */
export function nextDigest({ choices, zone }: Habits, rhythm: DigestRhythm, afterMs: EpochMs): EpochMs {
  return nextDigestAfter(afterMs, rhythm, choices?.digestHour ?? USUAL_DIGEST_HOUR, zone);
}

/** Decides how a reader is told of a kind, by what the reader chose. */
export function planDelivery(kind: NoticeKind, audience: Audience, habits: Habits, nowMs: EpochMs): Delivery {
  const cadence = cadenceOf(kind, habits.choices);
  if (cadence === 'now') return { how: 'mail', at: mailTime(kind, habits, nowMs) };
  if (isSummed(kind, audience)) return { how: 'nothing' };
  if (isRhythm(cadence)) return { how: 'digest', rhythm: cadence, at: nextDigest(habits, cadence, nowMs) };
  return { how: 'inbox' };
}
