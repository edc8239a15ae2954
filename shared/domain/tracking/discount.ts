import { type Currency, type Money, shareOf } from '../money/money.ts';

/** What a customer gets for a code. Amounts are in the currency of the code's terms. */
export type Discount =
  | { readonly kind: 'percent'; readonly rateBps: number; readonly capMinor?: bigint | undefined }
  | { readonly kind: 'fixed'; readonly amountMinor: bigint }
  | { readonly kind: 'free_period'; readonly length: number; readonly unit: 'days' | 'months' };

/** What a code offers and to whom. `currency` is that of every amount here; where it is set, spends must be in it. */
export type OfferTerms = {
  /** Absent: the code only says who sent the customer. */
  readonly discount?: Discount | undefined;
  readonly currency?: Currency | undefined;
  readonly minimumSpendMinor?: bigint | undefined;
  readonly newCustomersOnly?: boolean | undefined;
};

export type UnmetCondition = 'spend_needed' | 'other_currency' | 'below_minimum' | 'not_a_new_customer';

/** Why a code that is good does not fit this customer and basket; empty when it does. Nothing sent is nothing contradicted. */
export function unmetConditions(
  terms: OfferTerms,
  { spend, isNew }: { readonly spend?: Money | undefined; readonly isNew: boolean },
): readonly UnmetCondition[] {
  const unmet: UnmetCondition[] = [];
  const minimum = terms.minimumSpendMinor ?? 0n;
  if (!spend) {
    if (minimum > 0n) unmet.push('spend_needed');
  } else if (terms.currency !== undefined && spend.currency !== terms.currency) unmet.push('other_currency');
  else if (spend.minor < minimum) unmet.push('below_minimum');
  if (terms.newCustomersOnly && !isNew) unmet.push('not_a_new_customer');
  return unmet;
}

/**
 * What comes off a spend, in minor units of its currency: a percentage rounded half to even, at most its cap, and never more
 * than the spend. `undefined` for a free period, which is no amount.
 */
export function amountOff(discount: Discount, spendMinor: bigint): bigint | undefined {
  if (discount.kind === 'free_period') return undefined;
  if (discount.kind === 'fixed') return smaller(discount.amountMinor, spendMinor);
  const share = shareOf(spendMinor, discount.rateBps);
  return smaller(smaller(share, discount.capMinor ?? share), spendMinor);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
