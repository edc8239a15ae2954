import { type AwsEnvironment, makeAwsJson } from '#shared/adapters/aws-json';
import type { Opener } from '#shared/adapters/kms-key';

const KMS = { name: 'kms', version: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_KMS' } as const;

/** Decrypts without the SDK's client, for functions in which somebody waits and that open one thing in their life. */
export function makeSmallKmsOpener(keyArn: string, environment: AwsEnvironment, fetcher?: typeof fetch): Opener {
  const call = makeAwsJson(KMS, environment, fetcher);
  return {
    async decrypt(context, sealed) {
      const { Plaintext } = await call('TrentService.Decrypt', {
        KeyId: keyArn,
        CiphertextBlob: Buffer.from(sealed).toString('base64'),
        EncryptionContext: context,
      });
      if (typeof Plaintext !== 'string') throw new Error('KMS answered no plaintext');
      return Buffer.from(Plaintext, 'base64');
    },
  };
}
