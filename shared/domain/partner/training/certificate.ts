import { addCalendarDays, addCalendarMonths } from '../../time/calendar.ts';
import { type Instant, toEpochMs, toInstant } from '../../time/instant.ts';
import type { TimeZone } from '../../time/time-zone.ts';
import { type CertificationTerm, isCertificationHeld } from '../certification.ts';

/** A certificate can be renewed from so many calendar days before it expires: time for a busy quarter. */
export const RENEWAL_DAYS = 90;

/** The same for the same round, so that what is earned twice at once is one certificate. */
export function certificateIdOf(courseId: string, round: number): string {
  return `training:${courseId}:${round}`;
}

/**
 * From when a course can be taken again: `RENEWAL_DAYS` before its certificate expires, though not in the first half of its
 * time; at once when it was revoked. `undefined`: it does not expire, so there is nothing to renew.
 */
export function renewableFrom(term: CertificationTerm, zone: TimeZone): Instant | undefined {
  if (term.revokedAt !== undefined) return term.revokedAt;
  if (term.expiresAt === undefined) return undefined;
  const [from, to] = [toEpochMs(term.certifiedAt), toEpochMs(term.expiresAt)];
  return toInstant(Math.max(addCalendarDays(to, -RENEWAL_DAYS, zone), from + Math.floor((to - from) / 2)));
}

/**
 * Until when a certificate earned now counts: calendar months on the wall clock from now, or from the end of the one that it
 * renews, so that renewing early takes nothing away.
 */
export function certificateExpiry(
  validityMonths: number | undefined,
  earnedAt: Instant,
  renewed: CertificationTerm | undefined,
  zone: TimeZone,
): Instant | undefined {
  if (validityMonths === undefined) return undefined;
  const isRunning = renewed?.expiresAt !== undefined && isCertificationHeld(renewed, earnedAt);
  const from = isRunning && renewed.expiresAt !== undefined ? renewed.expiresAt : earnedAt;
  return toInstant(addCalendarMonths(toEpochMs(from), validityMonths, zone));
}

export type CertificateStatus = 'not_yet' | 'valid' | 'expired' | 'revoked';

/** What a certificate is at an instant. One that was revoked after it had expired stays expired. */
export function certificateStatus(term: CertificationTerm, at: Instant): CertificateStatus {
  if (isCertificationHeld(term, at)) return 'valid';
  if (at < term.certifiedAt) return 'not_yet';
  const { revokedAt, expiresAt } = term;
  const wasRevoked = revokedAt !== undefined && revokedAt <= at && (expiresAt === undefined || revokedAt < expiresAt);
  return wasRevoked ? 'revoked' : 'expired';
}
