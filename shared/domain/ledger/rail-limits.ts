import type { Currency } from '../money/money.ts';
import type { BlockedReason, PayoutRail } from './payout.ts';

type RailLimit = {
  /** Absent: any. */
  readonly currencies?: ReadonlySet<Currency> | undefined;
  /** Of any, but these. */
  readonly refused?: ReadonlySet<Currency> | undefined;
  /** Of one payment, in minor units. Absent: none below what a programme can owe. */
  readonly maxAmountMinor?: bigint | undefined;
};

/** Ten digits of cents in an entry. Source: Nacha Operating Rules, Appendix Three, entry detail record, Amount. */
export const MAX_ACH_AMOUNT_MINOR = 9_999_999_999n;

/** Currencies of Payouts. Source: developer.paypal.com/reference/currency-codes. */
export const PAYPAL_CURRENCIES: ReadonlySet<Currency> = new Set(
  'AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(' '),
);

/**
 * Whose units in Stripe's API are not certain: the UGX is documented as both whole and in hundredths; the others are not
 * documented and not of two decimals. Source: docs.stripe.com/currencies.
 */
export const UNCERTAIN_AT_STRIPE: ReadonlySet<Currency> = new Set(['UGX', 'IQD', 'LYD', 'CLF', 'UYI', 'UYW']);

/** What a rail can carry at all, whoever is paid. */
const LIMITS: Readonly<Partial<Record<PayoutRail, RailLimit>>> = {
  nacha: { currencies: new Set(['USD']), maxAmountMinor: MAX_ACH_AMOUNT_MINOR },
  stripe: { refused: UNCERTAIN_AT_STRIPE },
  paypal: { currencies: PAYPAL_CURRENCIES },
};

/** Why a programme cannot pay a payout by a rail now; `undefined`: it can. `setUp`: the rails of which it has said whose account pays. */
export function railProblemOf(
  setUp: ReadonlySet<PayoutRail>,
  rail: PayoutRail,
  payment: { readonly currency: Currency; readonly amountMinor: bigint },
): Extract<BlockedReason, 'currency_unsupported' | 'amount_above_rail_limit' | 'rail_not_set_up'> | undefined {
  return setUp.has(rail) ? beyondRail(rail, payment) : 'rail_not_set_up';
}

/** Why a rail cannot carry a payout, so that it waits instead of being cut or converted; `undefined`: it can. */
export function beyondRail(
  rail: PayoutRail,
  { currency, amountMinor }: { readonly currency: Currency; readonly amountMinor: bigint },
): Extract<BlockedReason, 'currency_unsupported' | 'amount_above_rail_limit'> | undefined {
  const { currencies, refused, maxAmountMinor } = LIMITS[rail] ?? {};
  if ((currencies && !currencies.has(currency)) || refused?.has(currency)) return 'currency_unsupported';
  return maxAmountMinor !== undefined && amountMinor > maxAmountMinor ? 'amount_above_rail_limit' : undefined;
}
