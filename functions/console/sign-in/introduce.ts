import { recordSignInRoute } from '#shared/contracts/partners/people/record-sign-in';

/** A person waits meanwhile. */
const TIMEOUT_MS = 3_000;

/**
 * Tells the API who has signed in, as the person itself, so that records show a name. A sign-in does not fail by it: the next one says
 * the same again.
 */
export function makeIntroduction(publicUrl: string, send: typeof fetch = fetch): (idToken: string) => Promise<void> {
  const { method, path } = recordSignInRoute;
  return async (idToken) => {
    const headers = { authorization: `Bearer ${idToken}` };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    await send(new URL(path, publicUrl), { method, headers, signal }).catch(() => undefined);
  };
}
