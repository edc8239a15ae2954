import { createHmac } from 'node:crypto';
import type { SigningKeys } from '#shared/adapters/signing-keys';
import type { EpochMs } from '#shared/domain/instant';

const DAY_MS = 86_400_000;
/** 64 bits: enough to tell the visitors of one link and day apart. */
const HASH_BYTES = 8;
/** A hash that nobody shares: without the key there is no counting of visitors. */
const NO_KEY = '-';

/**
 * Recognises a visitor within one day (UTC) without keeping the address: an HMAC of address and browser under a salt
 * that changes every day and cannot be computed without the installation's key.
 */
export function makeVisitorHash(
  keys: Pick<SigningKeys, 'current'>,
): (address: string, userAgent: string, at: EpochMs) => Promise<string> {
  let salt: { readonly day: number; readonly secret: Uint8Array; readonly of: Uint8Array } | undefined;
  return async (address, userAgent, at) => {
    const key = await keys.current('visitor/v1');
    if (!key) return NO_KEY;
    const day = Math.floor(at / DAY_MS);
    if (salt?.day !== day || salt.of !== key.secret) {
      salt = { day, secret: createHmac('sha256', key.secret).update(`day ${day}`).digest(), of: key.secret };
    }
    const hash = createHmac('sha256', salt.secret).update(`${address}\n${userAgent}`).digest();
    return hash.toString('base64url', 0, HASH_BYTES);
  };
}
