import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeIdentity } from '#infra/local/identity';
import { makeKeys } from '#infra/local/keys';
import type { Model } from '#infra/local/model';
import { openStore, type Store } from '#infra/local/store';
import { removeFolder } from '#test/support/remove-folder';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/PayeeKey';
const model = {
  ofType: (type: string) => (type === 'AWS::KMS::Key' ? [{ arn: ARN, name: 'PayeeKey' }] : []),
} as unknown as Model;
const context = { programId: 'p', partnerId: 'a' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

let directory: string;
let store: Store;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tallystick-keys-'));
  store = openStore(join(directory, 'host.sqlite'));
});
afterAll(() => {
  store.close();
  removeFolder(directory);
});

describe('a key of the local host', () => {
  const call = (operation: string, input: object): Record<string, unknown> =>
    makeKeys(model, store)[operation]?.({ KeyId: ARN, ...input }) as Record<string, unknown>;
  const seal = (more: object = {}): unknown =>
    call('Encrypt', { Plaintext: base64('GB33'), EncryptionContext: context, ...more }).CiphertextBlob;

  it('opens what it sealed, also after a start, whatever the order of the context', () => {
    const CiphertextBlob = seal();
    expect(Buffer.from(String(CiphertextBlob), 'base64').includes('GB33')).toBe(false);
    const EncryptionContext = { partnerId: 'a', programId: 'p' };
    expect(call('Decrypt', { CiphertextBlob, EncryptionContext })).toMatchObject({
      Plaintext: base64('GB33'),
      KeyId: ARN,
    });
    expect(call('Decrypt', { CiphertextBlob, EncryptionContext, KeyId: 'PayeeKey' }).Plaintext).toBe(base64('GB33'));
  });

  it.each([
    ['another context', { ...context, partnerId: 'b' }],
    ['less of it', { programId: 'p' }],
    ['none', undefined],
  ])('refuses %s, as KMS does', (_what, EncryptionContext) => {
    expect(() => call('Decrypt', { CiphertextBlob: seal(), EncryptionContext })).toThrow(
      expect.objectContaining({ code: 'InvalidCiphertextException' }),
    );
  });

  it('refuses what is no ciphertext, too long, for another key, or unknown to it', () => {
    expect(() => call('Decrypt', { CiphertextBlob: base64('x'), EncryptionContext: context })).toThrow(
      expect.objectContaining({ code: 'InvalidCiphertextException' }),
    );
    expect(() => seal({ Plaintext: base64('x'.repeat(4097)) })).toThrow('4096');
    expect(() => seal({ KeyId: 'other' })).toThrow(expect.objectContaining({ code: 'NotFoundException' }));
    expect(() => seal({ GrantTokens: [] })).toThrow('GrantTokens');
  });
});

describe('signing in at the local host', () => {
  it('takes the password of the data folder alone, and keeps a person and its roles', async () => {
    const identity = await makeIdentity(store, 'http://local/oidc', 'app');
    const claims = (token: string | undefined): Record<string, unknown> =>
      JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString('utf8')) as never;
    const minted = claims(await identity.mintToken({ email: 'ann@x.example', groups: ['finance'] }));
    const again = claims(await identity.signIn('Ann@x.example', identity.password));
    expect(again).toMatchObject({ sub: minted.sub, 'cognito:groups': ['finance'], auth_time: expect.any(Number) });
    expect(claims(await identity.signIn('eve@x.example', identity.password))).not.toHaveProperty('cognito:groups');
    expect(await identity.signIn('ann@x.example', 'guess')).toBeUndefined();
    expect((await makeIdentity(store, 'http://local/oidc', 'app')).password).toBe(identity.password);
  });
});
