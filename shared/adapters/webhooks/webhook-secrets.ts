import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Hmac } from '#shared/adapters/hmac';
import type { KeyPurpose, SigningKeys } from '#shared/adapters/signing-keys';
import { Failure } from '#shared/application/failure';
import type { SealedSecret, WebhookSecrets } from '#shared/application/notifications/webhooks/webhook-ports';

const PURPOSE: KeyPurpose = 'webhook-secret/v1';
const PREFIX = 'whsec_';
/** Standard Webhooks: 24 to 64 bytes. */
const SECRET_BYTES = 32;
const SALT_BYTES = 16;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type EndpointOf = { readonly programId: string; readonly endpointId: string };
type Box = Pick<SealedSecret, 'keyId' | 'salt' | 'box'>;

/**
 * Seals each secret with a key of its own, which the installation's root key gives by HMAC from a purpose and a random salt: a copy of
 * the table alone opens none. The endpoint is part of the seal, so that a secret counts for no other.
 */
export function makeWebhookSecrets(keys: SigningKeys): WebhookSecrets {
  const seal = async (of: EndpointOf, secret: string): Promise<Box> => {
    const key = await keys.current(PURPOSE);
    if (!key)
      throw new Failure('temporarily_unavailable', 'The signing key cannot be read just now. Repeat in a second.');
    const salt = randomBytes(SALT_BYTES).toString('base64url');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, keyOf(key.hmac, salt), nonce, { authTagLength: TAG_BYTES }).setAAD(
      nameOf(of),
    );
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    const box = Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
    return { keyId: Buffer.from(key.keyId).toString('hex'), salt, box };
  };
  return {
    async make(of, createdAt) {
      const secret = `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
      return { secret, sealed: { ...(await seal(of, secret)), createdAt } };
    },
    async open(of, { keyId, salt, box }) {
      const key = await keys.byId(PURPOSE, keyId);
      if (!key) return undefined;
      const bytes = Buffer.from(box, 'base64url');
      const decipher = createDecipheriv(CIPHER, keyOf(key.hmac, salt), bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(nameOf(of)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
      return Buffer.concat(text).toString('utf8');
    },
    async reseal(of, sealed, secret) {
      const current = await keys.current(PURPOSE);
      // While the newest key cannot be read, the one it lies under is as good.
      if (!current || Buffer.from(current.keyId).toString('hex') === sealed.keyId) return undefined;
      return { ...sealed, ...(await seal(of, secret)) };
    },
  };
}

function keyOf(hmac: Hmac, salt: string): Buffer {
  return Buffer.from(hmac(salt), 'base64url');
}

function nameOf({ programId, endpointId }: EndpointOf): Buffer {
  return Buffer.from(`${programId}/${endpointId}`, 'utf8');
}
