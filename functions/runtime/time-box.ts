import type { TimeBox } from '#shared/application/time-box';

/**
 * Before Lambda ends a call: longer than the slowest single step, a rail's time-out with its retries, or sixteen pages of a
 * statement against a partition that throttles.
 */
const MARGIN_MS = 60_000;
/** A time-out shorter than the margin still leaves most of itself for work. */
const MAX_MARGIN_SHARE = 0.2;

export type LambdaContext = { readonly getRemainingTimeInMillis: () => number };

/** The time that this call of Lambda has left, less what its last steps need. */
export function timeBoxOf(context: LambdaContext): TimeBox {
  const marginMs = Math.min(MARGIN_MS, MAX_MARGIN_SHARE * context.getRemainingTimeInMillis());
  return { isOver: () => context.getRemainingTimeInMillis() < marginMs };
}
