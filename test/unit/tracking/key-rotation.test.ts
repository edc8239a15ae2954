import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { parseKeyRing, rotateKeyRing, writeKeyRing } from '#shared/adapters/key-ring';
import { makeSigningKeysFrom } from '#shared/adapters/signing-keys';
import { NO_FLAGS } from '#shared/domain/tracking/click-token';

const START = Date.parse('2026-01-15T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
const CLICK = { programId: 'shop', partnerId: 'mira', slug: 'spring', at: START, flags: NO_FLAGS };

/** A secret that is rotated while instances come and go. */
function anInstallation() {
  let now = START;
  let secret = 'generated-by-cloudformation';
  // Secrets Manager keeps the version before, whatever was put.
  let previous: string | undefined;
  let reads = 0;
  const source = async (stage: string) => {
    reads += 1;
    return stage === 'AWSCURRENT' ? secret : previous;
  };
  const put = (text: string): void => {
    previous = secret;
    secret = text;
  };
  return {
    wait: (ms: number) => {
      now += ms;
    },
    rotate: (root: string) => {
      put(writeKeyRing(rotateKeyRing(parseKeyRing(secret), root, now)));
    },
    revoke: (revoked: string) => {
      put(writeKeyRing(parseKeyRing(secret).filter(({ root }) => root !== revoked)));
    },
    put,
    keys: () => parseKeyRing(secret).map(({ root }) => root),
    reads: () => reads,
    instance: () => makeClickTokens({ keys: makeSigningKeysFrom(source, () => now), randomBytes }),
  };
}

describe('rotating the key of click tokens', () => {
  it('loses no live token: what any key of the last 366 days has signed verifies, on fresh and on old instances', async () => {
    const installation = anInstallation();
    const old = installation.instance();
    const tokens = [(await old.sign(CLICK)).token!];
    for (const root of ['second', 'third', 'fourth', 'fifth']) {
      installation.rotate(root);
      installation.wait(90 * DAY);
      tokens.push((await installation.instance().sign(CLICK)).token!);
    }
    expect(new Set(tokens.map((token) => token.slice(0, 7))).size).toBe(5);
    for (const verifier of [old, installation.instance()]) {
      for (const token of tokens) expect(await verifier.verify(token)).toMatchObject(CLICK);
    }
  });

  it('lets a new key sign only when every instance has had time to see it', async () => {
    const installation = anInstallation();
    const old = installation.instance();
    const { token: first } = await old.sign(CLICK);
    expect(await old.verify(first!)).toMatchObject(CLICK);
    installation.wait(MINUTE / 60);
    installation.rotate('second');
    const { token: early } = await installation.instance().sign(CLICK);
    expect(await old.verify(early!)).toMatchObject(CLICK);
    expect(early!.slice(0, 6)).toBe(first!.slice(0, 6));
    installation.wait(2 * MINUTE);
    const { token: late } = await installation.instance().sign(CLICK);
    expect(late!.slice(0, 7)).not.toBe(first!.slice(0, 7));
    expect(await old.verify(late!)).toMatchObject(CLICK);
  });

  it('drops a key 400 days after another took its place', () => {
    const installation = anInstallation();
    installation.rotate('second');
    installation.wait(400 * DAY);
    installation.rotate('third');
    expect(installation.keys()).toEqual(['third', 'second', 'generated-by-cloudformation']);
    installation.wait(3 * MINUTE);
    installation.rotate('fourth');
    expect(installation.keys()).toEqual(['fourth', 'third', 'second']);
  });

  it('refuses a script gone wrong before it pushes out a live key', () => {
    const installation = anInstallation();
    for (let count = 1; count < 100; count += 1) installation.rotate(`key-${count}`);
    expect(() => installation.rotate('one more')).toThrow(/100 keys are live/);
    expect(installation.keys()).toHaveLength(100);
  });

  it('takes a revoked key out at once, although the version before still has it', async () => {
    const installation = anInstallation();
    const { token: stolen } = await installation.instance().sign(CLICK);
    installation.rotate('second');
    installation.wait(2 * MINUTE);
    const { token: sound } = await installation.instance().sign(CLICK);
    installation.revoke('generated-by-cloudformation');
    const fresh = installation.instance();
    expect([await fresh.verify(stolen!), await fresh.verify(sound!)]).toEqual([undefined, expect.anything()]);
  });

  it('goes on verifying what the version before signed when a bare text was put over the ring by hand', async () => {
    const installation = anInstallation();
    const { token } = await installation.instance().sign(CLICK);
    installation.put('by-hand');
    expect(await installation.instance().verify(token!)).toMatchObject(CLICK);
  });

  it.each(['{}', '{"keys":[]}', '{"keys":[{"root":""}]}', '{broken', '{"keys":[{"root":"a","signsFrom":"never"}]}'])(
    'neither signs nor judges by a damaged secret: %s',
    async (damaged) => {
      const installation = anInstallation();
      const { token } = await installation.instance().sign(CLICK);
      installation.put(damaged);
      const instance = installation.instance();
      expect((await instance.sign(CLICK)).token).toBeUndefined();
      await expect(instance.verify(token!)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    },
  );
});
