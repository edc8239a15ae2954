import { lookup as lookUp } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { isPublicAddress } from '#shared/adapters/webhooks/judge-address';
import { makeJudgeTarget } from '#shared/adapters/webhooks/judge-target';
import { postOnce } from '#shared/adapters/webhooks/post-once';
import type { SendOutcome, SendWebhook } from '#shared/application/notifications/webhooks/webhook-ports';
import type { Clock } from '#shared/application/ports';

/** The specification recommends 15 to 30 seconds; from the first look-up to the status line. */
export const TIMEOUT_MS = 15_000;
const USER_AGENT = 'Tallystick-Webhooks/1.0 (Standard Webhooks)';

export type Resolved = { readonly address: string; readonly family: number };
type Resolve = (host: string) => Promise<readonly Resolved[]>;

/** A receiver whose address must not be asked. */
class NotAsked extends Error {}

/**
 * Posts signed messages to receivers on the public internet and to no others. The name is resolved here, every address it
 * has is judged, and the connection goes to exactly these: what the name answers a moment later does not matter. Redirects are not
 * followed, the certificate is checked against the name, and no connection is kept.
 */
export function makeSendWebhook(deps: {
  readonly clock: Clock;
  /** A receiver on this machine that may be asked without all that, for trials; otherwise empty. */
  readonly trialOrigin: string;
  readonly resolve?: Resolve | undefined;
  readonly isPublic?: ((address: string) => boolean) | undefined;
  readonly timeoutMs?: number | undefined;
  /** Certificate authority instead of those that Node knows. */
  readonly ca?: string | undefined;
}): SendWebhook {
  const { clock, trialOrigin, resolve = resolveAll, isPublic = isPublicAddress, timeoutMs = TIMEOUT_MS, ca } = deps;
  const judge = makeJudgeTarget({ trialOrigin });
  return async ({ url: text, webhookId, body, secrets }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const judged = judge(text);
      if ('refusal' in judged) throw new NotAsked(`its address ${judged.refusal}`);
      const url = new URL(judged.url);
      const isTrial = url.origin === trialOrigin;
      const lookup = isTrial
        ? undefined
        : pinnedTo(await before(signal, judgedAddresses(url.hostname, resolve, isPublic)));
      const options = {
        method: 'POST',
        headers: headersOf({ webhookId, body, secrets }, clock()),
        agent: false as const,
        signal,
        ...(lookup && { lookup }),
      };
      const request = isTrial
        ? requestHttp(url, options)
        : requestHttps(url, { ...options, servername: url.hostname, rejectUnauthorized: true, ...(ca && { ca }) });
      return await postOnce(request, body);
    } catch (error) {
      return failureOf(error, signal, timeoutMs);
    }
  };
}

function headersOf(
  { webhookId, body, secrets }: { webhookId: string; body: string; secrets: readonly string[] },
  nowMs: number,
): Record<string, string> {
  const at = new Date(nowMs);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': USER_AGENT,
    'webhook-id': webhookId,
    'webhook-timestamp': String(Math.floor(nowMs / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(webhookId, at, body)).join(' '),
  };
}

async function judgedAddresses(
  host: string,
  resolve: Resolve,
  isPublic: (address: string) => boolean,
): Promise<readonly Resolved[]> {
  const addresses = await resolve(host);
  // One bad answer among good ones is how a name is made to point inside: none of them is asked.
  if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address))) {
    throw new NotAsked('its name leads to an address that is not on the public internet');
  }
  return addresses;
}

const resolveAll: Resolve = (host) => lookUp(host, { all: true, verbatim: true });

/** What a socket asks for the addresses of its host, and gets those that were judged. */
function pinnedTo(addresses: readonly Resolved[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };
}

/** A look-up cannot be broken off: nobody waits for it any longer. */
async function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function failureOf(error: unknown, signal: AbortSignal, timeoutMs: number): SendOutcome {
  if (error instanceof NotAsked) return { error: `not sent: ${error.message}` };
  if (signal.aborted) return { error: `no answer within ${timeoutMs / 1_000} seconds`, isTimeOut: true };
  // The code, such as ECONNREFUSED or CERT_HAS_EXPIRED: messages name addresses, which are nobody's business.
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { error: `the connection failed: ${code}` };
}
