import type { TimeBox } from '#shared/application/time-box';

/** Some 20,000 sales. Whoever waits longer is better told to come back: it is counted meanwhile. */
const WAIT_MS = 2_500;

/** The time in which somebody who waits is answered, or told to come back. */
export function boxOfRequest(): TimeBox {
  const endMs = performance.now() + WAIT_MS;
  return { isOver: () => performance.now() > endMs };
}
