import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SessionSecrets } from '#shared/application/console/ports';

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** A session is sealed a few dozen times at most, each under 96 random bits (NIST SP 800-38D, 8.2.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CSRF_PURPOSE = 'tallystick/console/csrf/v1';
const SEAL_PURPOSE = 'tallystick/console/session/v1';

/** Everything of a session from its one secret: id by SHA-256, sealing key by HKDF (RFC 5869), form token by HMAC (RFC 2104). */
export const sessionSecrets: SessionSecrets = {
  make: () => randomBytes(SECRET_BYTES).toString('base64url'),
  idOf: (secret) => (SECRET.test(secret) ? createHash('sha256').update(bytesOf(secret)).digest('hex') : undefined),
  csrfTokenOf: (secret) => createHmac('sha256', bytesOf(secret)).update(CSRF_PURPOSE).digest('base64url'),
  seal: (secret, content) => seal(bytesOf(secret), SEAL_PURPOSE, content),
  unseal: (secret, sealed) => unseal(bytesOf(secret), SEAL_PURPOSE, sealed),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
};

/** AES-256-GCM under a key for this purpose alone; nonce, text and tag in base64url. */
export function seal(root: Uint8Array, purpose: string, content: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(root, purpose), nonce, { authTagLength: TAG_BYTES });
  const text = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url');
}

/** `undefined` for what was changed, or sealed under another key or for another purpose. */
export function unseal(root: Uint8Array, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyFor(root, purpose), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function keyFor(root: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', root, new Uint8Array(), purpose, KEY_BYTES));
}

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret, 'base64url');
}
