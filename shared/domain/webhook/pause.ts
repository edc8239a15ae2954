import type { EpochMs } from '../time/instant.ts';

const PAUSE_AFTER_MS = 7 * 86_400_000;
/** One delivery's whole schedule: an endpoint that is seldom asked is not given up for a single bad answer. */
export const MIN_FAILURES = 10;

export type Failing = {
  /** The first failure since the last success. */
  readonly failingSinceMs: EpochMs;
  /** Failed attempts since then. */
  readonly failures: number;
};

/** Whether an endpoint has failed for a week, without one success. */
export function isToPause({ failingSinceMs, failures }: Failing, nowMs: EpochMs): boolean {
  return failures >= MIN_FAILURES && nowMs - failingSinceMs >= PAUSE_AFTER_MS;
}
