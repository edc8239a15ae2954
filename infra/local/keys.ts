import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError, type Operations } from './aws-error.ts';
import { type Model, onlyKnown } from './model.ts';
import type { Store } from './store.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** KMS's own limit for a symmetric key. */
const MAX_PLAINTEXT_BYTES = 4_096;

/**
 * KMS: each declared key is made at the first start and kept in the data folder, as the secrets are. A ciphertext is bound to its
 * encryption context and to its key; under any other it is refused, as KMS refuses it.
 */
export function makeKeys(model: Model, store: Store): Operations {
  const keys = model.ofType('AWS::KMS::Key');
  for (const { arn } of keys) {
    if (store.get(markOf(arn)) === undefined) store.set(markOf(arn), randomBytes(KEY_BYTES).toString('base64'));
  }
  const known = (id: unknown): { readonly arn: string; readonly material: Buffer } => {
    const named = model.ofType('AWS::KMS::Alias').find(({ name }) => name === id)?.properties.TargetKeyId ?? id;
    const key = keys.find(({ arn, name }) => arn === named || name === named);
    if (!key) throw new AwsError('NotFoundException', `Key '${String(id)}' does not exist`);
    return { arn: key.arn, material: Buffer.from(store.get(markOf(key.arn)) ?? '', 'base64') };
  };
  return {
    Encrypt: (input) => {
      onlyKnown(input, 'KeyId Plaintext EncryptionContext', 'Encrypt');
      const { arn, material } = known(input.KeyId);
      const plain = Buffer.from(String(input.Plaintext), 'base64');
      if (plain.byteLength > MAX_PLAINTEXT_BYTES) throw new AwsError('ValidationException', 'At most 4096 bytes.');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, material, nonce).setAAD(boundTo(arn, input.EncryptionContext));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      const CiphertextBlob = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
      return { CiphertextBlob, KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    Decrypt: (input) => {
      onlyKnown(input, 'KeyId CiphertextBlob EncryptionContext', 'Decrypt');
      const { arn, material } = known(input.KeyId);
      const blob = Buffer.from(String(input.CiphertextBlob), 'base64');
      try {
        const cipher = createDecipheriv(CIPHER, material, blob.subarray(0, NONCE_BYTES))
          .setAAD(boundTo(arn, input.EncryptionContext))
          .setAuthTag(blob.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const plain = Buffer.concat([cipher.update(blob.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
        return { Plaintext: plain.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      } catch {
        throw new AwsError('InvalidCiphertextException', '');
      }
    },
  };
}

function markOf(arn: string): string {
  return `key/${arn}`;
}

function boundTo(arn: string, context: unknown): Buffer {
  const sorted = Object.entries((context ?? {}) as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify([arn, sorted]), 'utf8');
}
