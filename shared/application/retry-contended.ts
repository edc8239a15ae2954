import { Failure } from '#shared/application/failure';
import type { EpochMs } from '#shared/domain/time/instant';

/** Waits between attempts; injected so that tests do not sleep. */
export type Pause = (ms: EpochMs) => Promise<void>;

/** Enough for 50 writers of one customer at once: each round at least one of them gets through. */
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 320;

export type RetryDeps = { readonly pause: Pause; readonly random: () => number };

/**
 * Repeats `attempt` while other writers are faster, with growing, fully jittered pauses.
 * Each attempt reads and decides anew, so that it never writes a period that was closed meanwhile.
 * Where many are expected at once a longer `firstPauseMs` saves them all tries.
 * @throws Failure temporarily_unavailable after the last attempt; nothing was stored
 */
export async function retryContended<T>(
  deps: RetryDeps,
  attempt: () => Promise<T | 'contended'>,
  firstPauseMs = FIRST_PAUSE_MS,
): Promise<T> {
  for (let round = 0; round < MAX_ATTEMPTS; round += 1) {
    const outcome = await attempt();
    if (outcome !== 'contended') return outcome;
    await deps.pause(deps.random() * Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** round));
  }
  throw new Failure('temporarily_unavailable', 'Many requests change the same record. Repeat this one in a second.');
}
