import { clock, conversions, table } from '#functions/referrals/composition';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeBindingStore } from '#shared/adapters/dynamodb/referrals/customers/bindings';
import { makeGetCustomerPartner } from '#shared/application/referrals/customers/get-customer-partner';

export const bindings = makeBindingStore(table);

/** Whose a customer is. */
export const readCustomerPartner = makeGetCustomerPartner({ conversions, bindings, programs, clock, digest });
