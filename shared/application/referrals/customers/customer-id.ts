import { hashEmail } from '#shared/application/email-hash';
import type { Digest } from '#shared/application/ports';

/** An address alone, also as `mailto:` or in angle brackets. */
const ADDRESS = /^(?:mailto:)?<?([^<>]+@[^<>@]+\.[^<>@]+)>?$/i;
/** Something with an address in it. Rather an id too many is hashed than an address kept. */
const HOLDS_ADDRESS = /[^@]@[^@]*\./;

/**
 * The id that a customer is kept under: the one that was sent, or, of one that is an e-mail address, its hash
 * (`hashEmail`), so that no address reaches sales, money or a log. The same address always gives the same id.
 */
export function keptCustomerId(digest: Digest, customerId: string): string {
  if (!HOLDS_ADDRESS.test(customerId)) return customerId;
  return hashEmail(digest, ADDRESS.exec(customerId)?.[1] ?? customerId);
}
