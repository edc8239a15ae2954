import type { Clock } from '#shared/application/ports';

const MS_PER_SECOND = 1_000;

/** Shards that can be submitted at once whatever is configured: with one caller more, each still has a call of PayPal's rate. */
export const MAX_SUBMITTING_SHARDS = 10;

/** Shards that the payout run's workflow submits at once (infra/workflows/payout-run.ts; a test holds the two together). */
export function submittingShards(shardsAtOnce: number): number {
  return Math.min(shardsAtOnce, MAX_SUBMITTING_SHARDS);
}

/** Lets calls through one after the other, each far enough behind the one before. */
export type Pace = {
  /** Resolves when the next call may be made; in the order asked. */
  take(): Promise<void>;
  /** Nobody is let through before then: the rail has asked for patience. */
  pauseUntil(atMs: number): void;
};

/**
 * What each of the callers at once may send, so that together they stay within a published rate: whole calls, because a caller
 * with a fraction could have its calls on both edges of a second. Beside the shards the hourly look at open payouts may run.
 * @throws RangeError for a rate of less than one call a caller
 */
export function shareOf(maxPerSecond: number, shardsAtOnce: number): number {
  const callers = submittingShards(shardsAtOnce) + 1;
  const share = Math.floor(maxPerSecond / callers);
  if (share < 1) throw new RangeError(`${maxPerSecond} calls a second cannot be shared by ${callers} callers`);
  return share;
}

/** At most `perSecond` calls in any second, without bursts: a rail counts in windows that nobody here knows. */
export function makePace(deps: {
  readonly perSecond: number;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
}): Pace {
  const { clock, sleep } = deps;
  const spacingMs = Math.ceil(MS_PER_SECOND / deps.perSecond);
  let freeAtMs = 0;
  let last: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    // Looked at again after each sleep: a timer may fire early, and somebody may have paused meanwhile.
    for (let waitMs = freeAtMs - clock(); waitMs > 0; waitMs = freeAtMs - clock()) await sleep(waitMs);
    freeAtMs = clock() + spacingMs;
  };
  return {
    take: () => {
      last = last.then(turn);
      return last;
    },
    pauseUntil: (atMs) => {
      freeAtMs = Math.max(freeAtMs, atMs);
    },
  };
}
