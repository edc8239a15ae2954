import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/instant.ts';
import type { BlockedReason, PayoutRail } from './payout.ts';
import { beyondRail } from './rail-limits.ts';

/** What a run needs to know of a payee, without its details. */
export type KnownPayee = { readonly rail: PayoutRail; readonly usableFrom?: Instant | undefined };

/**
 * Why money cannot be sent to a partner at an instant, by what is known of its payee: it has none, its last change still cools
 * down, or its rail does not pay the currency. `undefined`: nothing of the payee is in the way. Whether the programme has set
 * the rail up, and whether somebody holds the partner, is known elsewhere.
 */
export function payeeProblem(
  payee: KnownPayee | undefined,
  at: Instant,
  currency: Currency,
): Extract<BlockedReason, 'payee_incomplete' | 'payee_cooling_down' | 'currency_unsupported'> | undefined {
  if (!payee) return 'payee_incomplete';
  if (isCoolingDown(payee, at)) return 'payee_cooling_down';
  return beyondRail(payee.rail, { currency, amountMinor: 0n }) === undefined ? undefined : 'currency_unsupported';
}

/** Until then nothing is sent to the new details, so that whoever notices a change that was not theirs can still stop it. */
function isCoolingDown({ usableFrom }: Pick<KnownPayee, 'usableFrom'>, at: Instant): boolean {
  return usableFrom !== undefined && at < usableFrom;
}
