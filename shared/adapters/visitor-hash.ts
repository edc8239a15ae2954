import { hash } from 'node:crypto';
import type { SigningKeys } from '#shared/adapters/signing-keys';
import type { EpochMs } from '#shared/domain/time/instant';

const DAY_MS = 86_400_000;
/** 66 bits in base64url: enough to tell the visitors of one link and day apart. */
const HASH_CHARACTERS = 11;
/** A hash that nobody shares: without the key there is no counting of visitors. */
const NO_KEY = '-';
const MAX_KNOWN = 500;

/**
 * Recognises a visitor within one day (UTC) without keeping the address: a hash of address and browser after a secret of
 * 256 bits that changes every day and cannot be computed without the installation's key. Cut short, it cannot be extended.
 */
export function makeVisitorHash(
  keys: Pick<SigningKeys, 'current'>,
): (address: string, userAgent: string, at: EpochMs) => string | Promise<string> {
  let salt: { readonly day: number; readonly secret: string } | undefined;
  // The visitors seen last, in memory only and of this day only: one who follows several links is hashed once.
  const known = new Map<string, string>();
  const hashed = (secret: string, address: string, userAgent: string): string => {
    const visitor = `${address}\n${userAgent}`;
    const before = known.get(visitor);
    if (before !== undefined) return before;
    const made = hash('sha256', `${secret}\n${visitor}`, 'base64url').slice(0, HASH_CHARACTERS);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(visitor, made);
    return made;
  };
  return (address, userAgent, at) => {
    const day = Math.floor(at / DAY_MS);
    if (salt?.day === day) return hashed(salt.secret, address, userAgent);
    return keys.current('visitor/v1').then((key) => {
      if (!key) return NO_KEY;
      if (salt?.day !== day) known.clear();
      salt = { day, secret: key.hmac(`day ${day}`) };
      return hashed(salt.secret, address, userAgent);
    });
  };
}
