import type { Digest } from '#shared/application/ports';

/**
 * The hash by which a person is recognised without keeping the address outside the Partners table:
 * SHA-256 of the address without surrounding space, in lower case. Dots and plus tags stay: they differ between providers.
 */
export function hashEmail(digest: Digest, email: string): string {
  return digest(email.trim().toLowerCase());
}
