import { hashEmail } from '#shared/application/email-hash';
import type { Digest } from '#shared/application/ports';

/** Who bought, as far as the merchant said. */
export type Buyer = { readonly customerId: string; readonly customerEmailHash?: string | undefined };

/**
 * True when the buyer is the partner: the same id, or an e-mail address (plain or already hashed) that is the partner's.
 * Source: design.md, Tracking: self-referral never earns.
 */
export function isSelfReferral(
  buyer: string | Buyer,
  partnerId: string,
  partnerEmailHash: string | undefined,
  digest: Digest,
): boolean {
  const { customerId, customerEmailHash }: Buyer = typeof buyer === 'string' ? { customerId: buyer } : buyer;
  if (customerId === partnerId) return true;
  if (partnerEmailHash === undefined) return false;
  return (
    customerEmailHash?.toLowerCase() === partnerEmailHash ||
    customerId.toLowerCase() === partnerEmailHash ||
    hashEmail(digest, customerId) === partnerEmailHash
  );
}
