import type { PageAnswer, PageRequest } from '#console/sign-in/page-function';
import {
  notFreshPage,
  refusedSignInPage,
  refusedSignOutPage,
  signedOutPage,
  signingOutPage,
  unknownSignInPage,
} from '#console/sign-in/pages';
import { safeReturnTo } from '#functions/console/sign-in/return-to';
import {
  isCsrfToken,
  noSessionCookie,
  readSessionCookie,
  sessionCookie,
} from '#functions/console/sign-in/session-cookie';
import {
  attemptCookies,
  newAttempt,
  noAttemptCookie,
  readAttempt,
  secretsOf,
} from '#functions/console/sign-in/sign-in-attempt';
import type { OpenidProvider } from '#shared/adapters/openid-provider';
import type { SessionSecrets } from '#shared/application/console/ports';
import { isSameSitePost } from '#shared/application/console/same-site-post';
import type { Sessions } from '#shared/application/console/sessions';
import type { Clock } from '#shared/application/ports';

/** Clocks of provider and function may differ by so much. */
const CLOCK_TOLERANCE_MS = 5_000;

/** The first is of the installation; the others as the provider knows them, to the letter. */
export type SignInAddresses = {
  readonly publicUrl: string;
  readonly callbackUrl: string;
  readonly signedOutUrl: string;
};

/** What the pages of sign-in and sign-out are made of. */
export type SignInParts = SignInAddresses & {
  readonly provider: Pick<OpenidProvider, 'signInUrl' | 'redeem' | 'signOutUrl'>;
  readonly sessions: Pick<Sessions, 'open' | 'close'>;
  readonly csrfTokenOf: SessionSecrets['csrfTokenOf'];
  /** Tells the API who came, by the ID token; never throws. */
  readonly introduce: (idToken: string) => Promise<void>;
  readonly clock: Clock;
};
type Page = (request: PageRequest) => Promise<PageAnswer>;

export function makeStartSignIn({
  provider,
  publicUrl,
  callbackUrl,
  clock,
}: Omit<SignInParts, 'sessions' | 'csrfTokenOf' | 'introduce'>): Page {
  return async ({ query, cookies }) => {
    const returnTo = safeReturnTo(query.get('returnTo') ?? undefined, publicUrl);
    const isFresh = query.get('fresh') === '1';
    const attempt = newAttempt({ returnTo, isFresh, startedAt: clock() });
    try {
      const to = await provider.signInUrl({ ...secretsOf(attempt), redirectUri: callbackUrl, isFresh });
      return { status: 302, location: to.href, cookies: attemptCookies(publicUrl, attempt, cookies) };
    } catch {
      return { page: refusedSignInPage('unavailable', returnTo, isFresh) };
    }
  };
}

/**
 * The provider's answer counts only in the browser that began (state), for the code it was given for (PKCE), in a token made for it
 * (nonce), once; the session is a new one, and one that was there before ends.
 */
export function makeCompleteSignIn({
  provider,
  sessions,
  introduce,
  publicUrl,
  callbackUrl,
  clock,
}: SignInParts): Page {
  return async ({ query, cookies }) => {
    const state = query.get('state') ?? undefined;
    const attempt = readAttempt(publicUrl, state, cookies, clock());
    if (!attempt || state === undefined) return { page: unknownSignInPage() };
    const used = noAttemptCookie(publicUrl, state);
    const returnTo = safeReturnTo(attempt.returnTo, publicUrl);
    const callback = new URL(callbackUrl);
    callback.search = query.toString();
    const answer = await provider.redeem(callback, secretsOf(attempt));
    if (typeof answer === 'string') {
      return { page: refusedSignInPage(answer, returnTo, attempt.isFresh), cookies: [used] };
    }
    if (attempt.isFresh && answer.signedInAt < attempt.startedAt - CLOCK_TOLERANCE_MS) {
      return { page: notFreshPage(returnTo), cookies: [used] };
    }
    const [{ secret }] = await Promise.all([
      sessions.open(answer, readSessionCookie(publicUrl, cookies)),
      introduce(answer.idToken),
    ]);
    return { status: 303, location: returnTo, cookies: [used, sessionCookie(publicUrl, secret)] };
  };
}

/** Only a page of the console signs a person out. Here first and at once; then at the provider, which may not answer. */
export function makeSignOut({ provider, sessions, csrfTokenOf, publicUrl, signedOutUrl }: SignInParts): Page {
  return async ({ headers, cookies, form }) => {
    const secret = readSessionCookie(publicUrl, cookies);
    // By the secret alone: a session that has lapsed, or that cannot be renewed now, is ended all the same.
    const isOwn =
      secret === undefined || isCsrfToken({ csrfToken: csrfTokenOf(secret) }, form().get('csrf') ?? undefined);
    if (!isOwn || !isSameSitePost(headers, publicUrl)) return { page: refusedSignOutPage() };
    await sessions.close(secret);
    const cleared = [noSessionCookie(publicUrl)];
    try {
      const to = await provider.signOutUrl(signedOutUrl);
      return { page: signingOutPage(to.href), next: to.href, cookies: cleared };
    } catch {
      return { page: signedOutPage(), cookies: cleared };
    }
  };
}
