import type { Instant } from '../time/instant.ts';

/** When a certification counts, as far as its rules look at it. */
export type CertificationTerm = {
  readonly certifiedAt: Instant;
  /** Exclusive; absent: it does not expire. */
  readonly expiresAt?: Instant | undefined;
  /** A person of the programme took it back; what it counted for before stays. */
  readonly revokedAt?: Instant | undefined;
};

/** Until when a certification counts, exclusive; `undefined`: without end. */
export function certificationEnd({ expiresAt, revokedAt }: CertificationTerm): Instant | undefined {
  if (expiresAt === undefined || revokedAt === undefined) return revokedAt ?? expiresAt;
  return revokedAt < expiresAt ? revokedAt : expiresAt;
}

/** Whether a certification counts at an instant: from `certifiedAt` inclusive until it expires or is revoked, exclusive. */
export function isCertificationHeld(term: CertificationTerm, at: Instant): boolean {
  const end = certificationEnd(term);
  return term.certifiedAt <= at && (end === undefined || at < end);
}
