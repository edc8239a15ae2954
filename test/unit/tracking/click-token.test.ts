import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { makeSigningKeysFrom, type RootKeySource } from '#shared/adapters/signing-keys';
import { NO_FLAGS } from '#shared/domain/tracking/click-token';

const CLICK = {
  programId: 'shop',
  partnerId: 'mira',
  slug: 'spring',
  at: Date.parse('2026-01-15T12:00:00.123Z'),
  flags: NO_FLAGS,
};
const tokensFrom = (source: RootKeySource, clock = () => 0) =>
  makeClickTokens({ keys: makeSigningKeysFrom(source, clock), randomBytes });
const withRoot = (root: string) => tokensFrom(async (stage) => (stage === 'AWSCURRENT' ? root : undefined));

describe('a click token', () => {
  it('says what was signed, and who signed it can read it without any table', async () => {
    const tokens = withRoot('root');
    const { token, clickId } = await tokens.sign(CLICK);
    expect(await tokens.verify(token!)).toEqual({ ...CLICK, clickId });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('says what kind of visit it was: %i', async (bits) => {
    const flags = { isBot: (bits & 1) > 0, isPrefetch: (bits & 2) > 0, isPaidSearch: (bits & 4) > 0 };
    const tokens = withRoot('root');
    const { token } = await tokens.sign({ ...CLICK, flags });
    expect(await tokens.verify(token!)).toMatchObject({ flags });
  });

  it('of version 1, given out before there were flags, still verifies', async () => {
    // Made with the code of version 1: root key `root`, click id of ten bytes 7.
    const token = 'ARBTn5oBm8GG3nsHBwcHBwcHBwcHBnNwcmluZwRtaXJhBHNob3A.M7dP5S8zqvfZMbFPK5E_h9';
    expect(await withRoot('root').verify(token)).toEqual({
      ...CLICK,
      clickId: Buffer.alloc(10, 7).toString('base64url'),
      flags: NO_FLAGS,
    });
  });

  it('fits in an address even with the longest ids', async () => {
    const longest = { ...CLICK, programId: 'p'.repeat(64), partnerId: 'q'.repeat(64), slug: 's'.repeat(40) };
    const tokens = withRoot('root');
    const { token } = await tokens.sign(longest);
    expect(token).toMatch(/^[A-Za-z0-9_.-]{1,330}$/);
    expect(await tokens.verify(token!)).toMatchObject(longest);
  });

  it('is refused after any change of a single character', async () => {
    const tokens = withRoot('root');
    const { token } = await tokens.sign(CLICK);
    for (let index = 0; index < token!.length; index += 1) {
      const other = token![index] === 'A' ? 'B' : 'A';
      expect(await tokens.verify(token!.slice(0, index) + other + token!.slice(index + 1))).toBeUndefined();
    }
  });

  it.each(['', 'x', '====', '\u0000', 'A'.repeat(40), 'A'.repeat(100_000), '../../etc'])(
    'is not made of %j',
    async (junk) => {
      expect(await withRoot('root').verify(junk)).toBeUndefined();
    },
  );

  it('of another installation is refused', async () => {
    const { token } = await withRoot('root').sign(CLICK);
    expect(await withRoot('another root').verify(token!)).toBeUndefined();
  });

  it('stays valid when its key is rotated, on both sides of the rotation', async () => {
    const before = await withRoot('old').sign(CLICK);
    const after = await withRoot('new').sign(CLICK);
    const rotated = tokensFrom(async (stage) => (stage === 'AWSCURRENT' ? 'new' : 'old'));
    expect(await rotated.verify(before.token!)).toMatchObject(CLICK);
    let root = 'old';
    let now = 0;
    const notYetRotated = tokensFrom(
      async (stage) => (stage === 'AWSCURRENT' ? root : undefined),
      () => now,
    );
    expect(await notYetRotated.verify(before.token!)).toMatchObject(CLICK);
    root = 'new';
    now = 30_000;
    expect(await notYetRotated.verify(after.token!)).toMatchObject(CLICK);
  });

  it('forged with an unknown key asks for the secret at most twice a stage within half a minute', async () => {
    let reads = 0;
    const counting = tokensFrom(async (stage) => {
      reads += 1;
      return stage === 'AWSCURRENT' ? 'root' : undefined;
    });
    const { token } = await withRoot('forger').sign(CLICK);
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await counting.verify(token!)).toBeUndefined();
    expect(reads).toBe(2);
  });

  it('cannot be judged while the secret cannot be read: the sale is asked for again, not misattributed', async () => {
    const { token } = await withRoot('root').sign(CLICK);
    const broken = tokensFrom(async () => Promise.reject(new Error('no network')));
    await expect(broken.verify(token!)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });

  it('is left out while the secret cannot be read, so that the customer still goes on; later it is there again', async () => {
    let now = 0;
    let isDown = true;
    const shaky = tokensFrom(
      async () => (isDown ? Promise.reject(new Error('no network')) : 'root'),
      () => now,
    );
    expect((await shaky.sign(CLICK)).token).toBeUndefined();
    isDown = false;
    now = 1_000;
    expect((await shaky.sign(CLICK)).token).toBeDefined();
  });
});
