import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';

/** Named with the ciphertext and needed again to open it: what was sealed for one cannot be opened for another. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** At most 4,096 bytes, which is what KMS takes at once. Rejects for another context than it was sealed with. */
export type Opener = { decrypt(context: EncryptionContext, sealed: Uint8Array): Promise<Uint8Array> };
export type Sealer = { encrypt(context: EncryptionContext, plain: Uint8Array): Promise<Uint8Array> };

/** One symmetric key of KMS, which nobody ever sees. One call each time: nothing is kept. */
export function makeKmsKey({ client, keyArn: KeyId }: { client: KMSClient; keyArn: string }): Sealer & Opener {
  return {
    async encrypt(context, plain) {
      const { CiphertextBlob } = await client.send(
        new EncryptCommand({ KeyId, Plaintext: plain, EncryptionContext: context }),
      );
      if (!CiphertextBlob) throw new Error('KMS answered no ciphertext');
      return CiphertextBlob;
    },
    // Naming the key keeps a ciphertext that was made with another one, by somebody else, from being opened.
    async decrypt(context, sealed) {
      const { Plaintext } = await client.send(
        new DecryptCommand({ KeyId, CiphertextBlob: sealed, EncryptionContext: context }),
      );
      if (!Plaintext) throw new Error('KMS answered no plaintext');
      return Plaintext;
    },
  };
}
