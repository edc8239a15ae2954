import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { claimsOf, type Identity } from './identity.ts';
import { PAGE_ASSETS, type ProviderPage, signInPage, signOutPage, troublePage } from './identity-pages.ts';
import { makeIdentityState } from './identity-state.ts';
import type { Store } from './store.ts';

const MOUNT = '/oidc';
const COOKIES_SETTING = 'identity/cookies';
const COOKIE_KEY_BYTES = 32;
const HOUR_SECONDS = 3_600;
/** As the user pool's client of the template: an hour, and a working day. */
const TOKEN_SECONDS = HOUR_SECONDS;
const SIGN_IN_SECONDS = 12 * HOUR_SECONDS;
const INTERACTION_SECONDS = 900;
const CODE_SECONDS = 60;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

export type ProviderOptions = {
  readonly store: Store;
  readonly identity: Identity;
  /** As the template's app client says them, to the letter. */
  readonly redirectUris: readonly string[];
  readonly signedOutUris: readonly string[];
};
export type AnswerOidc = (
  request: IncomingMessage,
  response: ServerResponse,
  form: () => Promise<URLSearchParams>,
) => Promise<void>;

/** The certified provider at the issuer's address, with a page of our own on which people sign in by one click. */
export function makeIdentityProvider(options: ProviderOptions): AnswerOidc {
  const { identity, redirectUris } = options;
  const provider = new Provider(identity.issuer, configurationOf(options));
  const answer = provider.callback();
  const policy = policyOf(redirectUris);

  const signIn = async (request: IncomingMessage, response: ServerResponse, form: URLSearchParams): Promise<void> => {
    const email = (form.get('email') ?? '').trim();
    if (!EMAIL.test(email)) return void (await show(request, response, 400));
    const login = { accountId: identity.meet(email).sub };
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  };
  const show = async (request: IncomingMessage, response: ServerResponse, status = 200): Promise<void> => {
    const { params, session } = await provider.interactionDetails(request, response);
    const current = session && identity.personOf(session.accountId);
    const isAgain = String(params.prompt ?? '').includes('login');
    send(
      response,
      status,
      signInPage({ people: identity.known(), current: isAgain ? current : undefined, isWrong: status === 400 }),
    );
  };

  return async (request, response, form) => {
    const path = new URL(request.url ?? '/', identity.issuer).pathname;
    response.setHeader('content-security-policy', policy);
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('x-content-type-options', 'nosniff');
    const asset = PAGE_ASSETS[path.slice(MOUNT.length)];
    if (asset) return void response.writeHead(200, { 'content-type': asset.type }).end(asset.text);
    if (!path.startsWith(`${MOUNT}/interaction/`)) {
      // How a mounted provider learns its own address.
      Object.assign(request, { originalUrl: request.url, url: request.url?.slice(MOUNT.length) || '/' });
      return answer(request, response);
    }
    try {
      if (request.method === 'POST') return await signIn(request, response, await form());
      await show(request, response);
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      send(response, 400, troublePage(consoleOf(redirectUris)));
    }
  };
}

function configurationOf({ store, identity, redirectUris, signedOutUris }: ProviderOptions): Configuration {
  return {
    adapter: makeIdentityState(store),
    clients: [
      {
        client_id: identity.audience,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...signedOutUris],
        require_auth_time: true,
      },
    ],
    jwks: { keys: [identity.key as never] },
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid', 'email', 'profile'],
    claims: {
      openid: ['sub', 'token_use', 'cognito:username', 'cognito:groups'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    // Cognito tells everything in the ID token, and the API reads nothing else.
    conformIdTokenClaims: false,
    findAccount: (_ctx, sub) => {
      const person = identity.personOf(sub);
      return person && { accountId: sub, claims: async () => ({ sub, ...claimsOf(person) }) };
    },
    loadExistingGrant: async (ctx) => grantOf(ctx),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      IdToken: TOKEN_SECONDS,
      RefreshToken: SIGN_IN_SECONDS,
      Session: SIGN_IN_SECONDS,
      Grant: SIGN_IN_SECONDS,
      Interaction: INTERACTION_SECONDS,
    },
    cookies: {
      keys: [cookieKey(store)],
      // Cookies do not tell ports apart: the console on this machine has no use for these.
      long: { path: MOUNT, signed: true },
      short: { path: MOUNT, signed: true },
    },
    interactions: { url: (_ctx, { uid }) => `${MOUNT}/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form).html;
        },
      },
    },
    routes: { jwks: '/.well-known/jwks.json' },
    renderError: (ctx) => {
      ctx.type = 'html';
      ctx.body = troublePage(consoleOf(redirectUris)).html;
    },
  };
}

/** People are not asked whether the console may know who they are: it is where they came from. */
async function grantOf(ctx: KoaContextWithOIDC) {
  const { client, session, provider, result } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  if (existing) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}

function cookieKey(store: Store): string {
  const kept = store.get(COOKIES_SETTING) ?? randomBytes(COOKIE_KEY_BYTES).toString('base64url');
  store.set(COOKIES_SETTING, kept);
  return kept;
}

/** A form here leads on to the console, which is another origin to a browser. */
function policyOf(redirectUris: readonly string[]): string {
  const consoles = [...new Set(redirectUris.map((uri) => new URL(uri).origin))].join(' ');
  return `default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' ${consoles}; base-uri 'none'; frame-ancestors 'none'`;
}

function consoleOf([callback]: readonly string[]): string {
  return callback === undefined ? '/' : new URL('/console', callback).href;
}

function send(response: ServerResponse, status: number, { html }: ProviderPage): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
}
