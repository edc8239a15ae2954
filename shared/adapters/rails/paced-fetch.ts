import type { Pace } from '#shared/application/payouts/paying/pace';
import type { Clock } from '#shared/application/ports';

/** A submission makes two calls, and a function keeps a minute for its last steps (functions/runtime/time-box.ts). */
const CALL_MS = 25_000;
/** Stripe and PayPal answer within seconds; after this the answer is as good as lost. */
const ANSWER_MS = 20_000;
/** A call that is told to wait this often ends with that answer. Nothing has moved then. */
const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 1_000;
const TOO_MANY_REQUESTS = 429;

/** Nothing was sent. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

/**
 * `fetch` within a pace. After 429, which no rail acts upon, everybody waits as long as `Retry-After` says and the same bytes go
 * again; anything else is answered as it came, because only its caller knows whether money may have moved. Redirects are errors:
 * credentials go to one host.
 */
export function makePacedFetch(deps: {
  readonly pace: Pace;
  readonly clock: Clock;
  readonly fetcher?: typeof fetch | undefined;
  /** How long one attempt waits for its answer. */
  readonly answerMs?: number | undefined;
}): typeof fetch {
  const { pace, clock, fetcher = fetch, answerMs = ANSWER_MS } = deps;
  return async (input, init) => {
    const overAtMs = clock() + CALL_MS;
    for (let attempt = 1; ; attempt += 1) {
      await pace.take();
      init?.signal?.throwIfAborted();
      const leftMs = overAtMs - clock();
      if (leftMs <= 0) throw new NotAsked('a rail was not asked: others took all of its time');
      const limit = AbortSignal.timeout(Math.min(leftMs, answerMs));
      const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
      const response = await fetcher(input, { ...init, signal, redirect: 'error' });
      if (response.status !== TOO_MANY_REQUESTS) return response;
      const againAtMs = clock() + waitMs(response.headers.get('retry-after'), attempt);
      // Whoever comes next waits too, also when this call has no time left for it.
      pace.pauseUntil(Math.min(againAtMs, clock() + CALL_MS));
      if (attempt === MAX_ATTEMPTS || againAtMs >= overAtMs) return response;
      await response.body?.cancel();
    }
  };
}

/** Seconds (RFC 9110, 10.2.3); its other form, a date, is used by neither rail. */
function waitMs(retryAfter: string | null, attempt: number): number {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : FIRST_WAIT_MS * 2 ** (attempt - 1);
}
