import { describe, expect, it } from 'vitest';
import { type KeyRing, rotateKeyRing, writeKeyRing } from '#shared/adapters/key-ring';
import { makeSigningKeysFrom } from '#shared/adapters/signing-keys';
import { makeWebhookSecrets } from '#shared/adapters/webhooks/webhook-secrets';
import { anEndpoint, WEBHOOK_START_MS } from '#test/support/builders/webhooks';

const OF = { programId: 'acme', endpointId: 'e1' };
const { createdAt } = anEndpoint();

function anInstallation() {
  let ring: KeyRing = [{ root: 'first root', signsFrom: 0 }];
  let nowMs = WEBHOOK_START_MS;
  const secrets = () =>
    makeWebhookSecrets(
      makeSigningKeysFrom(
        async (stage) => (stage === 'AWSCURRENT' ? writeKeyRing(ring) : undefined),
        () => nowMs,
      ),
    );
  return {
    secrets,
    rotate: (root: string) => {
      ring = rotateKeyRing(ring, root, nowMs);
      nowMs += 600_000;
    },
    revoke: (root: string) => {
      ring = ring.filter((one) => one.root !== root);
    },
  };
}

describe('signing secrets of endpoints', () => {
  it('are 32 random bytes in the form of the specification, and lie sealed', async () => {
    const secrets = anInstallation().secrets();
    const [one, other] = [await secrets.make(OF, createdAt), await secrets.make(OF, createdAt)];
    expect(one.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(other.secret).not.toBe(one.secret);
    expect(JSON.stringify(one.sealed)).not.toContain(one.secret.slice(6));
    expect(await secrets.open(OF, one.sealed)).toBe(one.secret);
  });

  it('open for no other endpoint and programme, and not when a byte was changed', async () => {
    const secrets = anInstallation().secrets();
    const { sealed } = await secrets.make(OF, createdAt);
    await expect(secrets.open({ ...OF, endpointId: 'e2' }, sealed)).rejects.toThrow();
    await expect(secrets.open({ ...OF, programId: 'other' }, sealed)).rejects.toThrow();
    const box = Buffer.from(sealed.box, 'base64url');
    box[20]! ^= 1;
    await expect(secrets.open(OF, { ...sealed, box: box.toString('base64url') })).rejects.toThrow();
  });

  it('outlive rotations of the root key: they open by its id, and are sealed anew by the newest', async () => {
    const installation = anInstallation();
    const { secret, sealed } = await installation.secrets().make(OF, createdAt);
    expect(await installation.secrets().reseal(OF, sealed, secret)).toBeUndefined();
    installation.rotate('second root');
    const secrets = installation.secrets();
    expect(await secrets.open(OF, sealed)).toBe(secret);
    const anew = await secrets.reseal(OF, sealed, secret);
    expect(anew).toMatchObject({ createdAt });
    expect(anew?.keyId).not.toBe(sealed.keyId);
    installation.revoke('first root');
    expect(await installation.secrets().open(OF, anew!)).toBe(secret);
    expect(await installation.secrets().open(OF, sealed)).toBeUndefined();
  });

  it('are not made while the root key cannot be read', async () => {
    const secrets = makeWebhookSecrets(
      makeSigningKeysFrom(
        () => Promise.reject(new Error('down')),
        () => 0,
      ),
    );
    await expect(secrets.make(OF, createdAt)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });
});
