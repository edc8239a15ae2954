/**
 * Seconds between an attempt and the next: the schedule of the Standard Webhooks specification ("Deliverability and
 * reliability"). The first attempt is made at once, the tenth and last three days after it.
 */
export const RETRY_DELAYS_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
export const MAX_ATTEMPTS = RETRY_DELAYS_SECONDS.length + 1;

/** A receiver may ask for more time than the schedule gives it, but not for more than its longest step. */
const MAX_RETRY_AFTER_SECONDS = 86_400;
/** So that deliveries which failed together do not come back together. */
const JITTER_SHARE = 0.1;
/** For a receiver that says it is overloaded and not for how long. */
const BACK_OFF_SECONDS = 60;

const GONE = 410;
/** The specification asks to throttle after these; 503 is what says the same with a `Retry-After`. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What one attempt came to: the receiver's status, or why there is none. */
export type Answered = {
  readonly statusCode?: number | undefined;
  readonly isTimeOut?: boolean | undefined;
  /** Of the header `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
};

/** `gone`: the receiver wants nothing more. Redirects are failures: they are never followed. */
export function verdictOf({ statusCode }: Answered): 'delivered' | 'gone' | 'failed' {
  if (statusCode === undefined) return 'failed';
  if (statusCode >= 200 && statusCode < 300) return 'delivered';
  return statusCode === GONE ? 'gone' : 'failed';
}

/**
 * Seconds until the next attempt; `undefined` after the last. `random` from 0 to 1 spreads it over a tenth of the step. A later
 * `Retry-After` counts, up to a day.
 */
export function nextDelaySeconds(
  attemptsMade: number,
  { retryAfterSeconds = 0 }: Answered,
  random: number,
): number | undefined {
  const delay = RETRY_DELAYS_SECONDS[attemptsMade - 1];
  if (delay === undefined) return undefined;
  const asked = Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS);
  return Math.ceil(Math.max(delay, asked) * (1 + JITTER_SHARE * random));
}

/** Seconds in which nothing new is sent to a receiver that is overloaded; `undefined` when it is not. */
export function backOffSeconds(answered: Answered): number | undefined {
  const isOverloaded = answered.statusCode === undefined ? answered.isTimeOut : OVERLOADED.has(answered.statusCode);
  if (!isOverloaded) return undefined;
  return Math.min(answered.retryAfterSeconds ?? BACK_OFF_SECONDS, MAX_RETRY_AFTER_SECONDS);
}
