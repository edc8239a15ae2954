import { beforeEach, describe, expect, it } from 'vitest';
import { sessionSecrets } from '#shared/adapters/session-secrets';
import type { RenewedTokens, SessionProvider } from '#shared/application/console/ports';
import { isSameSitePost } from '#shared/application/console/same-site-post';
import { makeSessions, type SignedIn } from '#shared/application/console/sessions';
import { makeMemorySessions } from '#test/support/fakes/sessions';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let now: number;
let store: ReturnType<typeof makeMemorySessions>;
let asked: string[];
let revoked: string[];
let answer: (refreshToken: string) => Promise<RenewedTokens | 'refused' | 'unavailable'>;
let waiting: () => Promise<void>;
beforeEach(() => {
  now = Date.parse('2026-03-02T09:00:00Z');
  store = makeMemorySessions();
  [asked, revoked] = [[], []];
  answer = async (token) => ({
    subject: 'anna',
    idToken: `${token}+`,
    idTokenExpiresAt: now + HOUR,
    refreshToken: `${token}+`,
  });
  waiting = async () => {
    now += 250;
  };
});
const provider: SessionProvider = {
  refresh: async (token) => {
    asked.push(token);
    return answer(token);
  },
  revoke: async (token) => void revoked.push(token),
};
const sessions = () =>
  makeSessions({ store, clock: () => now, secrets: sessionSecrets, provider, wait: () => waiting() });

function aSignIn(more: Partial<SignedIn> = {}): SignedIn {
  const person = { subject: 'anna', email: 'anna@agency.example', name: 'Anna' };
  const tokens = { subject: 'anna', idToken: 'i1', idTokenExpiresAt: now + HOUR, refreshToken: 'r1' };
  return { person, ...tokens, signedInAt: now, ...more };
}

describe('a session', () => {
  it('is opened by a secret that is kept nowhere, and what is kept tells nothing', async () => {
    const { secret, session } = await sessions().open(aSignIn());
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(session).toEqual({
      person: { subject: 'anna', email: 'anna@agency.example', name: 'Anna' },
      idToken: 'i1',
      signedInAt: now,
      csrfToken: sessionSecrets.csrfTokenOf(secret),
      expiresAt: now + 12 * HOUR,
    });
    expect(await sessions().read(secret)).toEqual(session);
    const kept = JSON.stringify([...store.kept]);
    for (const told of [secret, 'i1', 'r1', 'anna', session.csrfToken]) expect(kept).not.toContain(told);
    expect(session.csrfToken).not.toContain(secret);
  });

  it('is read by its own secret alone', async () => {
    const { secret } = await sessions().open(aSignIn());
    const other = sessionSecrets.make();
    for (const wrong of [undefined, '', 'x', other, `${secret}=`, ` ${secret}`, secret.toLowerCase()])
      expect(await sessions().read(wrong)).toBeUndefined();
    // Somebody who can write the table puts one person's sealed tokens under a secret of their own.
    const id = sessionSecrets.idOf(secret)!;
    await store.open({ ...(await store.find(id))!, id: sessionSecrets.idOf(other)! });
    expect(await sessions().read(other)).toBeUndefined();
  });

  it('has a new secret at every sign-in, and ends when its browser signs in again', async () => {
    const first = await sessions().open(aSignIn());
    const second = await sessions().open(aSignIn(), first.secret);
    expect(await sessions().read(first.secret)).toBeUndefined();
    expect(await sessions().read(second.secret)).toBeDefined();
    expect(revoked).toEqual([]);
    for (const wrong of ['', 'x', sessionSecrets.make()]) await sessions().open(aSignIn(), wrong);
    expect(second.secret).not.toBe(first.secret);
    expect(second.session.csrfToken).not.toBe(first.session.csrfToken);
  });

  it('ends after two hours without a request and after twelve in any case', async () => {
    const idle = await sessions().open(aSignIn());
    now += 2 * HOUR - 1;
    expect(await sessions().read(idle.secret)).toBeDefined();
    now += 2 * HOUR;
    expect(await sessions().read(idle.secret)).toBeUndefined();

    const busy = await sessions().open(aSignIn());
    const endsAt = now + 12 * HOUR;
    for (; now < endsAt - HOUR; now += HOUR) expect(await sessions().read(busy.secret)).toBeDefined();
    now = endsAt - 1;
    expect(await sessions().read(busy.secret)).toBeDefined();
    now = endsAt;
    expect(await sessions().read(busy.secret)).toBeUndefined();
  });

  it('notes a request at most once in five minutes', async () => {
    const { secret } = await sessions().open(aSignIn());
    const id = sessionSecrets.idOf(secret)!;
    const opened = now;
    now += 4 * MINUTE;
    await sessions().read(secret);
    expect((await store.find(id))!.lastSeenAt).toBe(opened);
    now += MINUTE;
    await sessions().read(secret);
    expect((await store.find(id))!.lastSeenAt).toBe(now);
  });

  it('is over at once when it is closed, and its refresh token is revoked', async () => {
    const { secret } = await sessions().open(aSignIn());
    await sessions().close(secret);
    expect(await sessions().read(secret)).toBeUndefined();
    expect(revoked).toEqual(['r1']);
    await sessions().close(secret);
    await sessions().close(undefined);
    await sessions().close('no secret');
    expect(revoked).toEqual(['r1']);
  });

  it('without a refresh token ends with its ID token', async () => {
    const { secret, session } = await sessions().open(aSignIn({ refreshToken: undefined }));
    expect(session.expiresAt).toBe(now + HOUR);
    now += HOUR - 1;
    expect((await sessions().read(secret))?.idToken).toBe('i1');
    now += 1;
    expect(await sessions().read(secret)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('the last visit', () => {
  it('is when the person last used the console before this one', async () => {
    const first = await sessions().open(aSignIn());
    expect(first.session).not.toHaveProperty('previousVisitAt');
    now += 30 * MINUTE;
    await sessions().read(first.secret);
    const lastUsed = now;
    now += 26 * HOUR;
    const second = await sessions().open(aSignIn());
    expect(second.session.previousVisitAt).toBe(lastUsed);
    now += 10 * MINUTE;
    expect((await sessions().read(second.secret))?.previousVisitAt).toBe(lastUsed);
  });

  it('does not move when somebody signs in afresh within a visit', async () => {
    const first = await sessions().open(aSignIn());
    const lastUsed = now;
    await sessions().close(first.secret);
    now += 26 * HOUR;
    await sessions().open(aSignIn());
    now += 20 * MINUTE;
    const fresh = await sessions().open(aSignIn());
    expect(fresh.session.previousVisitAt).toBe(lastUsed);
  });

  it('is a person’s own', async () => {
    await sessions().open(aSignIn());
    now += 26 * HOUR;
    const other = await sessions().open(aSignIn({ person: { subject: 'ben', email: 'ben@agency.example' } }));
    expect(other.session).not.toHaveProperty('previousVisitAt');
  });
});

describe('an ID token that is about to expire', () => {
  it('is renewed, and the sign-in stays as old as it is', async () => {
    const signedInAt = now;
    const { secret } = await sessions().open(aSignIn());
    now += 59 * MINUTE;
    expect(await sessions().read(secret)).toMatchObject({ idToken: 'r1+', signedInAt });
    now += 59 * MINUTE;
    // By the token that came with the last renewal.
    expect(await sessions().read(secret)).toMatchObject({ idToken: 'r1++', signedInAt });
    expect(asked).toEqual(['r1', 'r1+']);
  });

  it('is renewed once, however many requests there are at once', async () => {
    const { secret } = await sessions().open(aSignIn());
    now += HOUR + 1;
    const read = await Promise.all(Array.from({ length: 8 }, () => sessions().read(secret)));
    expect(new Set(read.map((session) => session?.idToken))).toEqual(new Set(['r1+']));
    expect(asked).toEqual(['r1']);
  });

  it('keeps the refresh token when the provider gives no other', async () => {
    answer = async () => ({ subject: 'anna', idToken: 'i2', idTokenExpiresAt: now + HOUR });
    const { secret } = await sessions().open(aSignIn());
    now += HOUR;
    await sessions().read(secret);
    now += HOUR;
    await sessions().read(secret);
    expect(asked).toEqual(['r1', 'r1']);
  });

  it('goes on while it lasts when the provider does not answer, and then says so', async () => {
    answer = async () => 'unavailable';
    const { secret } = await sessions().open(aSignIn());
    now += 59 * MINUTE;
    expect((await sessions().read(secret))?.idToken).toBe('i1');
    now += 2 * MINUTE;
    await expect(sessions().read(secret)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    answer = async () => ({ subject: 'anna', idToken: 'i2', idTokenExpiresAt: now + HOUR });
    expect((await sessions().read(secret))?.idToken).toBe('i2');
  });

  it.each<[string, RenewedTokens | 'refused']>([
    ['refuses', 'refused'],
    ['answers with somebody else’s token', { subject: 'eve', idToken: 'e', idTokenExpiresAt: Infinity }],
  ])('ends the session when the provider %s', async (_what, given) => {
    answer = async () => given;
    const { secret } = await sessions().open(aSignIn());
    now += HOUR;
    expect(await sessions().read(secret)).toBeUndefined();
    expect([...store.kept.values()]).toEqual(['closed']);
  });

  it('is renewed by another when whoever began was cut off', async () => {
    const { secret } = await sessions().open(aSignIn());
    now += HOUR;
    const stored = (await store.find(sessionSecrets.idOf(secret)!))!;
    await store.claimRenewal(stored, now, now + 6_000);
    expect((await sessions().read(secret))?.idToken).toBe('r1+');
  });

  it('does not bring back somebody who signed out meanwhile', async () => {
    const { secret } = await sessions().open(aSignIn());
    now += HOUR;
    const given = answer;
    answer = async (token) => {
      await sessions().close(secret);
      return given(token);
    };
    expect(await sessions().read(secret)).toBeUndefined();
    expect(revoked).toEqual(['r1', 'r1+']);
    expect(await sessions().read(secret)).toBeUndefined();
  });

  it('is taken from whoever renewed first when two did after all', async () => {
    const { secret } = await sessions().open(aSignIn());
    now += HOUR;
    let calls = 0;
    answer = async () => {
      calls += 1;
      const call = calls;
      // The first is slower than its lease; the second comes meanwhile.
      if (call === 1) {
        now += 6_000;
        await sessions().read(secret);
      }
      return { subject: 'anna', idToken: `of call ${call}`, idTokenExpiresAt: now + HOUR, refreshToken: `r${call}` };
    };
    expect((await sessions().read(secret))?.idToken).toBe('of call 2');
    expect(revoked).toEqual([]);
  });
});

describe('a request that changes something', () => {
  const url = 'https://go.shop.example/partners';
  it.each<[string, Record<string, string>, boolean]>([
    ['a form of a page here', { origin: 'https://go.shop.example', 'sec-fetch-site': 'same-origin' }, true],
    ['an older browser, by its Origin', { origin: 'https://go.shop.example' }, true],
    ['a browser that sends no Origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['another site whose browser says only Origin', { origin: 'https://evil.example' }, false],
    ['a neighbouring host', { origin: 'https://go.shop.example', 'sec-fetch-site': 'same-site' }, false],
    ['a host that begins alike', { origin: 'https://go.shop.example.evil.example' }, false],
    ['another port', { origin: 'https://go.shop.example:8443' }, false],
    ['another scheme', { origin: 'http://go.shop.example' }, false],
    ['a sandboxed page', { origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
    ['a sandboxed page of an older browser', { origin: 'null' }, false],
    ['no browser', {}, false],
    ['an empty Origin', { origin: '' }, false],
  ])('from %s', (_whence, headers, isAllowed) => {
    expect(isSameSitePost(headers, url)).toBe(isAllowed);
  });
});
