import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeKmsKey } from '#shared/adapters/kms-key';
import { makeSmallKmsOpener } from '#shared/adapters/kms-opener';
import { makePayeeOpener, makePayeeSealer } from '#shared/adapters/payee-vault';
import type { Payee } from '#shared/application/payees';
import { A_PAYEE } from '#test/support/builders/partners';
import { A_HASH_KEY, aFakeKmsKey } from '#test/support/fakes/payee-vault';

const ada = { programId: 'acme', partnerId: 'ada' };
const bob = { programId: 'acme', partnerId: 'bob' };
const aVault = () => {
  const key = aFakeKmsKey();
  const sealer = makePayeeSealer({ sealer: key, hashKey: async () => A_HASH_KEY, digest });
  return { key, sealer, opener: makePayeeOpener({ opener: key }) };
};

describe('sealed details', () => {
  it('are opened for whom they were sealed, and for nobody else', async () => {
    const { sealer, opener } = aVault();
    const { sealed } = await sealer.seal(ada, A_PAYEE);
    expect(await opener.open(ada, sealed)).toEqual(A_PAYEE);
    await expect(opener.open(bob, sealed)).rejects.toThrow('InvalidCiphertextException');
    await expect(opener.open({ ...ada, programId: 'other' }, sealed)).rejects.toThrow('InvalidCiphertextException');
  });

  it.each<Payee>([
    { rail: 'nacha', name: 'A', routingNumber: '021000021', accountNumber: '12345678', accountType: 'checking' },
    { rail: 'stripe', name: 'A', stripeAccountId: 'acct_1' },
    { rail: 'paypal', name: 'A', paypalEmail: 'a@b.example' },
    { rail: 'sandbox', name: 'A', behaviour: 'fail' },
  ])('come back as they were: $rail', async (payee) => {
    const { sealer, opener } = aVault();
    expect(await opener.open(ada, (await sealer.seal(ada, payee)).sealed)).toEqual(payee);
  });

  it('cost one call to seal and one to open, each time', async () => {
    const { key, sealer, opener } = aVault();
    const { sealed } = await sealer.seal(ada, A_PAYEE);
    await opener.open(ada, sealed);
    await opener.open(ada, sealed);
    expect(key.calls).toEqual({ encrypt: 1, decrypt: 2 });
  });

  it('have a fingerprint that tells equal ones of a partner, and nothing across partners', async () => {
    const { sealer } = aVault();
    const { rail, name, iban } = A_PAYEE as Extract<Payee, { rail: 'bank_file' }>;
    const same = await sealer.fingerprint(ada, { iban, name, rail, bic: undefined });
    expect(await sealer.fingerprint(ada, A_PAYEE)).toBe(same);
    expect(await sealer.fingerprint(bob, A_PAYEE)).not.toBe(same);
    expect(await sealer.fingerprint(ada, { ...A_PAYEE, name: 'Other' })).not.toBe(same);
  });

  it('of two partners paid into one account have one account hash, which takes the key', async () => {
    const { sealer } = aVault();
    const { accountHash } = await sealer.seal(ada, A_PAYEE);
    expect((await sealer.seal(bob, { ...A_PAYEE, name: 'Bob' })).accountHash).toBe(accountHash);
    const other = makePayeeSealer({ sealer: aFakeKmsKey(), hashKey: async () => Buffer.alloc(32, 8), digest });
    expect((await other.seal(ada, A_PAYEE)).accountHash).not.toBe(accountHash);
  });
});

describe('a key of KMS', () => {
  const kms = mockClient(KMSClient);
  const key = makeKmsKey({ client: new KMSClient({ region: 'eu-west-1' }), keyArn: 'arn:key' });

  it('is named in each call, with the context', async () => {
    kms.on(EncryptCommand).resolves({ CiphertextBlob: Buffer.from('sealed') });
    kms.on(DecryptCommand).resolves({ Plaintext: Buffer.from('plain') });
    expect(Buffer.from(await key.encrypt(ada, Buffer.from('plain'))).toString()).toBe('sealed');
    expect(Buffer.from(await key.decrypt(ada, Buffer.from('sealed'))).toString()).toBe('plain');
    expect(kms.commandCalls(DecryptCommand)[0]?.args[0].input).toMatchObject({
      KeyId: 'arn:key',
      EncryptionContext: ada,
    });
  });

  it('that refuses or answers nothing stops whoever asks', async () => {
    kms.on(DecryptCommand).rejects(Object.assign(new Error('no'), { name: 'InvalidCiphertextException' }));
    await expect(key.decrypt(ada, Buffer.from('x'))).rejects.toThrow('no');
    kms.on(EncryptCommand).resolves({});
    await expect(key.encrypt(ada, Buffer.from('x'))).rejects.toThrow('no ciphertext');
    kms.on(DecryptCommand).resolves({});
    await expect(key.decrypt(ada, Buffer.from('x'))).rejects.toThrow('no plaintext');
  });

  it('is asked without its client where somebody waits', async () => {
    const asked: unknown[] = [];
    const answer = (body: object) => async (request: Request | URL | string) => {
      asked.push(await (request as Request).json());
      return new Response(JSON.stringify(body));
    };
    const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const plain = { Plaintext: Buffer.from('plain').toString('base64') };
    const opener = makeSmallKmsOpener('arn:key', environment, answer(plain) as typeof fetch);
    expect(Buffer.from(await opener.decrypt({ purpose: 'p' }, Buffer.from('s'))).toString()).toBe('plain');
    expect(asked).toEqual([{ KeyId: 'arn:key', CiphertextBlob: 'cw==', EncryptionContext: { purpose: 'p' } }]);
    const silent = makeSmallKmsOpener('arn:key', environment, answer({}) as typeof fetch);
    await expect(silent.decrypt({ purpose: 'p' }, Buffer.from('s'))).rejects.toThrow('no plaintext');
  });
});
