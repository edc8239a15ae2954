import { Aborted } from './errors.ts';

/** setTimeout holds at most 24.8 days; longer waits go in steps. */
const MAX_TIMER_MS = 2_000_000_000;

/** Waits until a wall-clock instant, so that time spent killed counts. */
export async function sleepUntil(atMs: number, now: () => number, signal: AbortSignal): Promise<void> {
  while (now() < atMs) {
    await new Promise<void>((done, fail) => {
      if (signal.aborted) return fail(new Aborted());
      const onAbort = (): void => {
        clearTimeout(timer);
        fail(new Aborted());
      };
      const timer = setTimeout(
        () => {
          signal.removeEventListener('abort', onAbort);
          done();
        },
        Math.min(atMs - now(), MAX_TIMER_MS),
      );
      timer.unref();
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
