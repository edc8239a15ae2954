import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageFunction } from '#console/sign-in/page-function';
import {
  makeCompleteSignIn,
  makeSignOut,
  makeStartSignIn,
  type SignInParts,
} from '#functions/console/sign-in/sign-in-flow';
import { type Identity, makeIdentity } from '#infra/local/identity';
import { makeIdentityProvider } from '#infra/local/identity-provider';
import { readBody } from '#infra/local/services';
import { openStore, type Store } from '#infra/local/store';
import { makeIdentityVerifier, remoteKeys } from '#shared/adapters/identity-tokens';
import { makeOpenidProvider } from '#shared/adapters/openid-provider';
import { sessionSecrets } from '#shared/adapters/session-secrets';
import { makeSessions, type Sessions } from '#shared/application/console/sessions';
import { makeMemorySessions } from '#test/support/fakes/sessions';
import { removeFolder } from '#test/support/remove-folder';

const CONSOLE = 'http://127.0.0.1:4599';
const CLIENT = 'console';
const FINANCE = { email: 'finance@x.example', groups: ['finance'], name: 'Fiona Brandt' };

let folder: string;
let store: Store;
let identity: Identity;
let server: Server;
let issuer: string;

/** The provider as a start makes it, from what is kept. */
async function startProvider(): Promise<void> {
  store = openStore(join(folder, 'host.sqlite'));
  identity = await makeIdentity(store, issuer, CLIENT);
  const uris = { redirectUris: [`${CONSOLE}/console/signed-in`], signedOutUris: [`${CONSOLE}/console/signed-out`] };
  const answer = makeIdentityProvider({ store, identity, ...uris });
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.url === '/oidc/.well-known/jwks.json') return void response.end(JSON.stringify(identity.publicKeys));
    void answer(request, response, async () => new URLSearchParams((await readBody(request)).toString()));
  });
}
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
  await startProvider();
  await identity.mintToken(FINANCE);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  store.close();
  removeFolder(folder);
});

/** A browser, as far as cookies of the provider and of the console go. */
class Browser {
  readonly jars = new Map<string, Map<string, string>>();

  cookies(address: string): string[] {
    const { origin, pathname } = new URL(address);
    return [...(this.jars.get(origin) ?? [])].flatMap(([name, text]) => {
      const path = /;\s*path=([^;]+)/i.exec(text)?.[1] ?? '/';
      return pathname.startsWith(path) ? [`${name}=${text.split(';')[0]!.slice(name.length + 1)}`] : [];
    });
  }
  keep(address: string, lines: readonly string[]): void {
    const { origin } = new URL(address);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    for (const line of lines) {
      const name = line.slice(0, line.indexOf('='));
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, line);
    }
  }
  async open(
    address: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; url: string; text: string; headers: Headers }> {
    const answer = await fetch(address, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: this.cookies(address).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    this.keep(address, answer.headers.getSetCookie());
    const to = answer.headers.get('location');
    const url = to ? new URL(to, address).href : address;
    if (to && url.startsWith(issuer)) return this.open(url);
    return { status: answer.status, url, text: await answer.text(), headers: answer.headers };
  }
}

const logged: unknown[] = [];
const log = { warn: (...told: unknown[]) => void logged.push(told) };
let parts: SignInParts;
let introduced: string[];
let sessions: Sessions;
let kept: ReturnType<typeof makeMemorySessions>;
let browser: Browser;
beforeEach(() => {
  kept = makeMemorySessions();
  const provider = makeOpenidProvider({ issuer, clientId: CLIENT, log });
  const wait = async (): Promise<void> => undefined;
  sessions = makeSessions({ store: kept, clock: Date.now, secrets: sessionSecrets, provider, wait });
  const { csrfTokenOf } = sessionSecrets;
  const [callbackUrl, signedOutUrl] = [`${CONSOLE}/console/signed-in`, `${CONSOLE}/console/signed-out`];
  introduced = [];
  const introduce = async (idToken: string): Promise<void> => void introduced.push(idToken);
  parts = {
    provider,
    sessions,
    introduce,
    csrfTokenOf,
    clock: Date.now,
    publicUrl: CONSOLE,
    callbackUrl,
    signedOutUrl,
  };
  browser = new Browser();
});

type Page = Parameters<typeof pageFunction>[2];
type Seen = {
  readonly status: number;
  readonly location?: string | undefined;
  readonly cookies: readonly string[];
  readonly html: string;
  readonly headers: Record<string, unknown>;
};
/** As the function answers it; `cookies` and the rest of a request in place of the browser's own. */
async function ask(
  page: Page,
  address: string,
  more: { cookies?: string[]; headers?: Record<string, string>; form?: Record<string, string> } = {},
): Promise<Seen> {
  const { pathname, search } = new URL(address);
  const event = {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: more.headers ?? {},
    cookies: more.cookies ?? browser.cookies(address),
    body: new URLSearchParams(more.form).toString(),
  };
  const answer = await pageFunction('page', CONSOLE, page)(event as never);
  const { statusCode = 0, headers = {}, cookies = [], body = '' } = answer;
  return { status: statusCode, location: headers.location as string | undefined, cookies, html: body, headers };
}
async function visit(page: Page, address: string, more?: Parameters<typeof ask>[2]): Promise<Seen> {
  const answer = await ask(page, address, more);
  browser.keep(CONSOLE, answer.cookies);
  return answer;
}
const begin = (query = ''): Promise<Seen> => visit(makeStartSignIn(parts), `${CONSOLE}/console/sign-in${query}`);
const finish = (address: string): Promise<Seen> => visit(makeCompleteSignIn(parts), address);
/** Begins, clicks and stops before the console hears of it. */
async function prove(query = '', email = FINANCE.email): Promise<string> {
  const page = await browser.open((await begin(query)).location!);
  return (await browser.open(page.url, { email })).url;
}
const secretOf = (answer: Seen): string => /ts_session=([\w-]{43});/.exec(answer.cookies.join('\n') ?? '')![1]!;

/** How often the tokens of a session were renewed: within one second a renewed token is the same to the letter. */
function renewals(secret: string): number {
  const session = kept.kept.get(sessionSecrets.idOf(secret)!);
  return session === undefined || session === 'closed' ? Number.NaN : session.version - 1;
}

describe('a sign-in at the local provider', () => {
  it('takes one click and leads to where the person wanted to go, with the token that Cognito would give', async () => {
    const started = await begin('?returnTo=%2Fconsole%2Fruns%3Fperiod%3D2026-01');
    expect(started.status).toBe(302);
    const page = await browser.open(started.location!);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Fiona Brandt');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.text).not.toMatch(/<style|style=|<script|onclick/);

    const back = await browser.open(page.url, { email: FINANCE.email });
    expect(back.url.startsWith(`${CONSOLE}/console/signed-in?code=`)).toBe(true);
    const done = await finish(back.url);
    expect(done).toMatchObject({ status: 303, location: '/console/runs?period=2026-01' });
    const session = (await sessions.read(secretOf(done)))!;
    expect(session.person).toEqual({
      subject: identity.meet(FINANCE.email).sub,
      email: FINANCE.email,
      name: 'Fiona Brandt',
    });
    expect(Date.now() - session.signedInAt).toBeLessThan(10_000);
    expect(introduced).toEqual([session.idToken]);
    const { payload } = await jwtVerify(
      session.idToken,
      createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)),
      {
        issuer,
        audience: CLIENT,
      },
    );
    const { sub } = identity.meet(FINANCE.email);
    expect(payload).toMatchObject({
      token_use: 'id',
      'cognito:username': sub,
      'cognito:groups': ['finance'],
      email: FINANCE.email,
      email_verified: true,
      auth_time: expect.any(Number),
    });
    expect(payload.exp! - payload.iat!).toBe(3_600);
    const verify = makeIdentityVerifier({ issuer, audience: CLIENT, keys: remoteKeys(issuer) });
    expect(await verify(session.idToken)).toMatchObject({
      subject: sub,
      groups: ['finance'],
      signedInAt: session.signedInAt,
    });
  });

  it('asks nobody twice who is signed in, and everybody when it must be fresh', async () => {
    await finish(await prove());
    const again = await browser.open((await begin()).location!);
    expect(again.url).toContain('/console/signed-in?code=');
    const fresh = await browser.open((await begin('?fresh=1')).location!);
    expect(fresh.url).toContain('/oidc/interaction/');
    expect(fresh.text).toContain('Sign in again');
    const done = await finish((await browser.open(fresh.url, { email: FINANCE.email })).url);
    expect(done.status).toBe(303);
  });

  it('lets anybody in by an address, without a role, and says so when it is none', async () => {
    const page = await browser.open((await begin()).location!);
    const wrong = await browser.open(page.url, { email: 'nobody' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('no e-mail address');
    const done = await finish((await browser.open(page.url, { email: 'Eve@x.example' })).url);
    const session = await sessions.read(secretOf(done));
    const claims = JSON.parse(Buffer.from(session!.idToken.split('.')[1]!, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ email: 'Eve@x.example' });
    expect(claims).not.toHaveProperty('cognito:groups');
  });

  it('goes on over a restart: tokens are renewed, and nobody is asked again', async () => {
    const done = await finish(await prove());
    const secret = secretOf(done);
    const before = (await sessions.read(secret))!;
    store.close();
    await startProvider();
    const soon = Date.now() + 3_590_000;
    const later = makeSessions({
      store: kept,
      clock: () => soon,
      secrets: sessionSecrets,
      provider: makeOpenidProvider({ issuer, clientId: CLIENT, log }),
      wait: async () => undefined,
    });
    const after = (await later.read(secret))!;
    expect(renewals(secret)).toBe(1);
    const authTime = (token: string): unknown =>
      (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { auth_time: number }).auth_time;
    expect(authTime(after.idToken)).toBe(authTime(before.idToken));
    expect((await browser.open((await begin()).location!)).url).toContain('/console/signed-in?code=');
  });

  it('ends here and there when somebody signs out', async () => {
    const secret = secretOf(await finish(await prove()));
    const form = { csrf: sessionSecrets.csrfTokenOf(secret) };
    const out = await visit(makeSignOut(parts), `${CONSOLE}/console/sign-out`, { headers: { origin: CONSOLE }, form });
    expect(out.status).toBe(200);
    expect(await sessions.read(secret)).toBeUndefined();
    expect(browser.cookies(`${CONSOLE}/console`).join()).not.toContain('ts_session');
    const to = /url=(.+)$/.exec(String(out.headers.refresh))![1]!;
    expect(to).not.toContain('id_token');
    expect(out.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
    expect(out.headers['content-security-policy']).toContain("default-src 'none'");
    const asked = await browser.open(to);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)![1]!;
    const action = /action="([^"]+)"/.exec(asked.text)![1]!;
    const left = await browser.open(action, { xsrf, logout: 'yes' });
    expect(left.url).toBe(`${CONSOLE}/console/signed-out`);
    expect((await browser.open((await begin()).location!)).url).toContain('/oidc/interaction/');
  });
});

describe('an attacker', () => {
  it('cannot use a code twice', async () => {
    const address = await prove();
    const cookies = browser.cookies(address);
    expect((await finish(address)).status).toBe(303);
    expect((await finish(address)).status).toBe(400);
    // Even with the attempt's cookie kept.
    const replayed = await ask(makeCompleteSignIn(parts), address, { cookies });
    expect(replayed.status).toBe(400);
    expect(replayed.html).toContain('not accepted');
    expect(replayed.cookies.join()).not.toContain('ts_session');
  });

  it('cannot sign somebody in as himself by a link', async () => {
    const address = await prove('', 'eve@x.example');
    browser = new Browser();
    const answer = await finish(address);
    expect(answer.status).toBe(400);
    expect(answer.html).toContain('/console/sign-in');
    expect(answer.cookies).toEqual([]);
  });

  it('cannot put his code into an attempt of somebody else', async () => {
    const his = new URL(await prove('', 'eve@x.example'));
    browser = new Browser();
    const hers = new URL(await prove());
    hers.searchParams.set('code', his.searchParams.get('code')!);
    expect((await finish(hers.href)).status).toBe(400);
  });

  it('cannot turn an attempt elsewhere, or make an old sign-in pass for a fresh one', async () => {
    await finish(await prove());
    const started = await begin('?fresh=1');
    const state = new URL(started.location!).searchParams.get('state')!;
    // Leaves out the prompt, so that the provider asks nobody; the sign-in there is as old as it is.
    const silent = new URL(started.location!);
    silent.searchParams.delete('prompt');
    const back = await browser.open(silent.href);
    const late = { ...parts, clock: () => Date.now() + 60_000 };
    const name = `ts_sign_in_${state.slice(0, 8)}`;
    const [ticket, plan] = browser.jars
      .get(CONSOLE)!
      .get(name)!
      .split(';')[0]!
      .slice(name.length + 1)
      .split('.');
    const changed = { ...JSON.parse(Buffer.from(plan!, 'base64url').toString()), isFresh: false };
    const forged = `${name}=${ticket}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
    expect((await ask(makeCompleteSignIn(late), back.url, { cookies: [forged] })).status).toBe(400);
  });

  it('is refused where the provider asked nobody although it had to', async () => {
    await finish(await prove());
    const later = { ...parts, clock: () => Date.now() + 60_000 };
    const started = await visit(makeStartSignIn(later), `${CONSOLE}/console/sign-in?fresh=1&returnTo=/console/payee`);
    const silent = new URL(started.location!);
    silent.searchParams.delete('prompt');
    const back = await browser.open(silent.href);
    const answer = await visit(makeCompleteSignIn(later), back.url);
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('fresh=1');
    expect(answer.cookies.join()).not.toContain('ts_session');
  });

  it('gets no code without PKCE, to another address, or for another client', async () => {
    const start = new URL((await begin()).location!);
    const changed = async (change: (query: URLSearchParams) => void): Promise<string> => {
      const address = new URL(start);
      change(address.searchParams);
      const { url, text, status } = await new Browser().open(address.href);
      return url.startsWith(CONSOLE)
        ? new URL(url).searchParams.get('error')!
        : `${status}${/<h1>[^<]*/.exec(text)?.[0]}`;
    };
    expect(await changed((query) => query.delete('code_challenge'))).toBe('invalid_request');
    expect(await changed((query) => query.set('code_challenge_method', 'plain'))).toBe('invalid_request');
    expect(await changed((query) => query.set('redirect_uri', `${CONSOLE}/console/signed-in/`))).toContain('400');
    expect(await changed((query) => query.set('redirect_uri', 'http://127.0.0.1:9/console/signed-in'))).toContain(
      '400',
    );
    expect(await changed((query) => query.set('client_id', 'other'))).toContain('400');
  });

  it('signs nobody out from another site', async () => {
    const secret = secretOf(await finish(await prove()));
    const csrf = sessionSecrets.csrfTokenOf(secret);
    for (const [headers, sent] of [
      [{ origin: 'https://evil.example' }, csrf],
      [{ origin: CONSOLE }, 'guess'],
      [{}, csrf],
    ] as const) {
      const form = { csrf: sent };
      const answer = await visit(makeSignOut(parts), `${CONSOLE}/console/sign-out`, { headers, form });
      expect(answer.status).toBe(403);
      expect(answer.cookies).toEqual([]);
    }
    expect(await sessions.read(secret)).toBeDefined();
  });

  it('finds no session that was there before a sign-in still open after it', async () => {
    const first = secretOf(await finish(await prove()));
    const second = secretOf(await finish(await prove('?fresh=1')));
    expect(second).not.toBe(first);
    expect(await sessions.read(first)).toBeUndefined();
    // What the old one's end revoked is not what the new one lives by.
    const soon = Date.now() + 3_590_000;
    const later = makeSessions({
      store: kept,
      clock: () => soon,
      secrets: sessionSecrets,
      provider: makeOpenidProvider({ issuer, clientId: CLIENT, log }),
      wait: async () => undefined,
    });
    expect(await later.read(second)).toBeDefined();
    expect(renewals(second)).toBe(1);
  });
});

describe('a provider', () => {
  it.each<[string, number, string, string]>([
    ['is busy', 503, '{"error":"temporarily_unavailable"}', 'unavailable'],
    ['asks for patience', 429, '{"error":"slow_down"}', 'unavailable'],
    ['breaks', 500, 'oops', 'unavailable'],
    ['knows the token no more', 400, '{"error":"invalid_grant"}', 'refused'],
    ['talks nonsense', 200, '{"access_token":"x","token_type":"bearer"}', 'refused'],
  ])('that %s ends a session only where no repeat helps', async (_what, status, body, outcome) => {
    const other = createServer((request, response) => {
      const here = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      const document = { issuer: here, token_endpoint: `${here}/token`, authorization_endpoint: `${here}/authorize` };
      const isToken = request.url === '/token';
      response.writeHead(isToken ? status : 200, { 'content-type': 'application/json' });
      response.end(isToken ? body : JSON.stringify(document));
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const own = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    logged.length = 0;
    const refresh = makeOpenidProvider({ issuer: own, clientId: CLIENT, log }).refresh('secret-refresh-token');
    expect(await refresh).toBe(outcome);
    expect(JSON.stringify(logged)).not.toContain('secret-refresh-token');
    other.closeAllConnections();
    other.close();
  });
});

describe('when something is missing', () => {
  it('the sign-in page of an attempt that is over says how to begin again', async () => {
    const page = await browser.open((await begin()).location!);
    browser = new Browser();
    for (const form of [undefined, { email: FINANCE.email }]) {
      const answer = await browser.open(page.url, form);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain(`${CONSOLE}/console`);
    }
  });

  it('a provider that does not answer is told, and nothing is opened', async () => {
    const provider = makeOpenidProvider({ issuer: 'http://127.0.0.1:9/oidc', clientId: CLIENT, log });
    const answer = await visit(
      makeStartSignIn({ ...parts, provider }),
      `${CONSOLE}/console/sign-in?returnTo=/console/x`,
    );
    expect(answer.status).toBe(503);
    expect(answer.html).toContain('does not answer');
    expect(answer.html).toContain('returnTo=%2Fconsole%2Fx');
  });
});
