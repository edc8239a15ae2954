import { setTimeout as pause } from 'node:timers/promises';

/** It is only waited out where the assertion fails: long enough for a busy machine. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** Repeats an assertion about something asynchronous until it holds; the last failure is thrown. */
export async function eventually<T>(assertion: () => Promise<T>, patienceMs: number = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(PAUSE_MS);
    }
  }
}
