import * as openid from 'openid-client';
import * as z from 'zod';
import type { SessionProvider } from '#shared/application/console/ports';
import type { SignedIn } from '#shared/application/console/sessions';
import type { Log } from '#shared/application/ports';

/** Shorter than the right to renew a session lasts. */
const TIMEOUT_SECONDS = 4;
const MS_PER_SECOND = 1_000;
const SCOPE = 'openid email profile';
/** Refusals of a token that no repeat changes (RFC 6749, 5.2). */
const FINAL = new Set(['invalid_grant', 'unauthorized_client', 'invalid_scope']);
const MACHINE_ITSELF = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/;

const claimsSchema = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  auth_time: z.number().optional(),
  email: z.string().default(''),
  name: z.string().optional(),
});

/** What only the browser that began a sign-in knows. */
export type SignInSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Why a sign-in ended without a session. */
export type Refusal = 'declined' | 'not_valid' | 'unavailable';

export type OpenidProvider = SessionProvider & {
  /** Where the person proves who it is. @throws when the provider cannot be reached */
  signInUrl(request: SignInSecrets & { readonly redirectUri: string; readonly isFresh: boolean }): Promise<URL>;
  /** @param callback the address that the provider sent the person to, with its query */
  redeem(callback: URL, secrets: SignInSecrets): Promise<SignedIn | Refusal>;
  /** Where the person's session at the provider ends, and from where it comes back. @throws as `signInUrl` */
  signOutUrl(returnTo: string): Promise<URL>;
};

export type OpenidOptions = {
  readonly issuer: string;
  readonly clientId: string;
  /** Told by which code something was refused: never a token, a code or a name. */
  readonly log: Pick<Log, 'warn'>;
};

/**
 * An OpenID provider as a public client sees it: authorisation code with PKCE, state and nonce, by a certified library.
 * Signatures of ID tokens are checked although they come straight from the provider.
 */
export function makeOpenidProvider({ issuer, clientId, log }: OpenidOptions): OpenidProvider {
  let discovered: Promise<openid.Configuration> | undefined;
  const discover = (): Promise<openid.Configuration> => {
    // Without TLS to this machine alone, as the local provider is reached.
    const insecure = MACHINE_ITSELF.test(issuer) ? [openid.allowInsecureRequests] : [];
    return openid.discovery(new URL(issuer), clientId, {}, openid.None(), {
      timeout: TIMEOUT_SECONDS,
      execute: [openid.enableNonRepudiationChecks, ...insecure],
    });
  };
  const configuration = async (): Promise<openid.Configuration> => {
    discovered ??= discover();
    try {
      return await discovered;
    } catch (error) {
      // Asked again by the next request.
      discovered = undefined;
      throw error;
    }
  };

  return {
    async signInUrl({ state, nonce, verifier, redirectUri, isFresh }) {
      return openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isFresh ? { prompt: 'login' } : {}),
      });
    },
    async redeem(callback, { state, nonce, verifier }) {
      try {
        const tokens = await openid.authorizationCodeGrant(await configuration(), callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        return signedIn(tokens) ?? 'not_valid';
      } catch (error) {
        log.warn('sign-in refused', { code: codeOf(error) });
        if (error instanceof openid.AuthorizationResponseError)
          return error.error === 'access_denied' ? 'declined' : 'not_valid';
        return isPassing(error) ? 'unavailable' : 'not_valid';
      }
    },
    async refresh(refreshToken) {
      try {
        const tokens = await openid.refreshTokenGrant(await configuration(), refreshToken);
        return signedIn(tokens) ?? 'refused';
      } catch (error) {
        log.warn('tokens not renewed', { code: codeOf(error) });
        return error instanceof openid.ResponseBodyError && FINAL.has(error.error) ? 'refused' : 'unavailable';
      }
    },
    async revoke(refreshToken) {
      try {
        await openid.tokenRevocation(await configuration(), refreshToken);
      } catch {
        // The token ends by itself within hours, and nobody holds it.
      }
    },
    async signOutUrl(returnTo) {
      // `logout_uri` is what Cognito asks for in place of the standard's name; each leaves the other's aside.
      return openid.buildEndSessionUrl(await configuration(), {
        post_logout_redirect_uri: returnTo,
        logout_uri: returnTo,
      });
    },
  };
}

function signedIn(tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers): SignedIn | undefined {
  const claims = claimsSchema.safeParse(tokens.claims());
  if (!claims.success || tokens.id_token === undefined) return undefined;
  const { sub, exp, auth_time, email, name } = claims.data;
  return {
    person: { subject: sub, email, ...(name === undefined ? {} : { name }) },
    subject: sub,
    idToken: tokens.id_token,
    idTokenExpiresAt: exp * MS_PER_SECOND,
    refreshToken: tokens.refresh_token,
    // What nobody says counts as long ago.
    signedInAt: (auth_time ?? 0) * MS_PER_SECOND,
  };
}

function codeOf(error: unknown): string {
  if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError)
    return error.error;
  return error instanceof openid.ClientError
    ? (error.code ?? error.name)
    : error instanceof Error
      ? error.name
      : 'unknown';
}

/** The provider did not answer, or said that it cannot now. */
function isPassing(error: unknown): boolean {
  if (error instanceof openid.ResponseBodyError) return isPassingStatus(error.status);
  if (!(error instanceof openid.ClientError)) return error instanceof TypeError;
  if (error.cause instanceof Response) return isPassingStatus(error.cause.status);
  return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT';
}

function isPassingStatus(status: number): boolean {
  return status >= 500 || status === 429;
}
