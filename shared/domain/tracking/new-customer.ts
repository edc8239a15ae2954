import type { CustomerHistory } from '../facts/first-purchase.ts';
import type { Instant } from '../time/instant.ts';
import type { AttributionRules, Touch } from './attribution.ts';

/** Why an attributed sale earns nothing where only new customers pay. */
export const EXISTING_CUSTOMER = 'existing_customer';

/**
 * Whether the customer bought before this sale, as far as is known when the sale is recorded: another sale above zero was
 * recorded in this programme, of any partner and whenever it happened; or the merchant told of an earlier purchase, by a
 * date before the sale or by `isNewCustomer: false`. Of two sales at once the one recorded first is the new customer's.
 */
export function boughtBefore(
  history: CustomerHistory,
  sale: {
    readonly occurredAt: Instant;
    readonly customerFirstPurchaseAt?: Instant | undefined;
    readonly isNewCustomer?: boolean | undefined;
  },
): boolean {
  const isEarlier = (at: Instant | undefined): boolean => at !== undefined && at < sale.occurredAt;
  return (
    history.first !== undefined ||
    isEarlier(history.suppliedAt) ||
    isEarlier(sale.customerFirstPurchaseAt) ||
    sale.isNewCustomer === false
  );
}

/**
 * Whether the sale earns nothing because only new customers pay. A customer who is bound to the partner was new when it was
 * bound, or a manager said so: its later sales go on to pay.
 */
export function isExistingCustomer(
  rules: AttributionRules,
  hasBoughtBefore: boolean,
  partnerId: string,
  binding: Touch | undefined,
): boolean {
  const isBound = binding !== undefined && binding.rejected === undefined && binding.partnerId === partnerId;
  return rules.newCustomersOnly === true && hasBoughtBefore && !isBound;
}
