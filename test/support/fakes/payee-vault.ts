import { digest } from '#shared/adapters/digest';
import type { EncryptionContext, Opener, Sealer } from '#shared/adapters/kms-key';
import { makePayeeOpener, makePayeeSealer } from '#shared/adapters/payee-vault';
import type { PayeeOpener, PayeeSealer } from '#shared/application/payee-vault';

/** A key that seals nothing, but knows for whom it did not; counts its calls. */
export function aFakeKmsKey(): Sealer & Opener & { readonly calls: { encrypt: number; decrypt: number } } {
  const calls = { encrypt: 0, decrypt: 0 };
  const prefixOf = (context: EncryptionContext): string => `${JSON.stringify(Object.entries(context).sort())}\n`;
  return {
    calls,
    async encrypt(context, plain) {
      calls.encrypt += 1;
      return Buffer.from(prefixOf(context) + Buffer.from(plain).toString('base64'), 'utf8');
    },
    async decrypt(context, sealed) {
      calls.decrypt += 1;
      const text = Buffer.from(sealed).toString('utf8');
      if (!text.startsWith(prefixOf(context))) throw new Error('InvalidCiphertextException');
      return Buffer.from(text.slice(prefixOf(context).length), 'base64');
    },
  };
}

export const A_HASH_KEY = Buffer.alloc(32, 7);

const key = aFakeKmsKey();

/** Seals and opens for tests that are about something else. */
export const fakeSealer: PayeeSealer = makePayeeSealer({
  sealer: key,
  hashKey: async () => A_HASH_KEY,
  digest,
});
export const fakeOpener: PayeeOpener = makePayeeOpener({ opener: key });
