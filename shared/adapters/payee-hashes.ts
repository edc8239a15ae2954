import { createHmac } from 'node:crypto';

/** Under which the key of the hashes is sealed, so that whoever may hash can open nothing else. */
export const HASHING_CONTEXT = { purpose: 'payee-hashes' } as const;

/** Hashes made with the key are told from those of earlier versions, which anybody could make. */
const KEYED_PREFIX = 'keyed-';

/** The installation's key for hashes of payees; `undefined` while nothing was hashed with one. Remembered by who reads it. */
export type PayeeHashKey = () => Promise<Uint8Array | undefined>;

/** HMAC-SHA256 in hexadecimal digits, apart for each use. */
export function keyedHash(key: Uint8Array, use: 'account' | 'details' | 'content', text: string): string {
  return `${KEYED_PREFIX}${createHmac('sha256', key).update(`${use}\n${text}`).digest('hex')}`;
}

export function isKeyedHash(hash: string): boolean {
  return hash.startsWith(KEYED_PREFIX);
}
