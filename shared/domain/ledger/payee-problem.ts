import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/instant.ts';
import type { BlockedReason, PayoutRail } from './payout.ts';

/** What a run needs to know of a payee, without its details. */
export type KnownPayee = { readonly rail: PayoutRail; readonly usableFrom?: Instant | undefined };

/** Nacha Operating Rules: domestic entries are in US dollars. */
const NACHA: ReadonlySet<string> = new Set(['USD']);
/** PayPal developer documentation, Payouts: currency codes. */
const PAYPAL: ReadonlySet<string> = new Set(
  'AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(' '),
);

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
  return railPays(payee.rail, currency) ? undefined : 'currency_unsupported';
}

/** Until then nothing is sent to the new details, so that whoever notices a change that was not theirs can still stop it. */
export function isCoolingDown({ usableFrom }: Pick<KnownPayee, 'usableFrom'>, at: Instant): boolean {
  return usableFrom !== undefined && at < usableFrom;
}

/** Whether a rail pays a currency at all; which of them an account takes is the rail's to say. */
export function railPays(rail: PayoutRail, currency: Currency): boolean {
  if (rail === 'nacha') return NACHA.has(currency);
  if (rail === 'paypal') return PAYPAL.has(currency);
  return true;
}
