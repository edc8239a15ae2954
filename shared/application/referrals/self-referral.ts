import { hashEmail } from '#shared/application/email-hash';
import type { Digest } from '#shared/application/ports';

/**
 * True when the buyer is the partner: the same id, or an e-mail address (plain or already hashed) that is the partner's.
 * Source: design.md, Tracking: self-referral never earns.
 */
export function isSelfReferral(
  customerId: string,
  partnerId: string,
  partnerEmailHash: string | undefined,
  digest: Digest,
): boolean {
  if (customerId === partnerId) return true;
  if (partnerEmailHash === undefined) return false;
  return customerId.toLowerCase() === partnerEmailHash || hashEmail(digest, customerId) === partnerEmailHash;
}
