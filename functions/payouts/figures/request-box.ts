import type { TimeBox } from '#shared/application/time-box';

/** Some 50,000 sales; a person does not wait longer, and the API gives up after 30 seconds. */
const WAIT_MS = 6_000;

/** The time in which somebody who waits is answered, or told to come back. */
export function boxOfRequest(): TimeBox {
  const endMs = performance.now() + WAIT_MS;
  return { isOver: () => performance.now() > endMs };
}
