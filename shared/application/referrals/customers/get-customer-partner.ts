import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { keptCustomerId } from '#shared/application/referrals/customers/customer-id';
import {
  type CustomerPartner,
  customerPartnerOf,
  MAX_CHANGES_SHOWN,
} from '#shared/application/referrals/customers/customer-partner';
import type { BindingStore, CustomerKey } from '#shared/application/referrals/customers/customer-ports';
import type { ConversionStore } from '#shared/application/referrals/ports';
import { toInstant } from '#shared/domain/time/instant';

/** Whose a customer is now. Nobody's, too, for one never seen: anybody may still come. @throws Failure unknown_program */
export function makeGetCustomerPartner(deps: {
  readonly conversions: Pick<ConversionStore, 'history'>;
  readonly bindings: Pick<BindingStore, 'changes'>;
  readonly programs: ProgramReader;
  readonly clock: Clock;
  readonly digest: Digest;
}): (of: CustomerKey) => Promise<CustomerPartner> {
  return async (asked) => {
    const of = { ...asked, customerId: keptCustomerId(deps.digest, asked.customerId) };
    const program = await deps.programs.get(of.programId);
    const zone = deps.programs.zone(program.timeZone);
    const [{ bindings = [] }, changes] = await Promise.all([
      deps.conversions.history(of.programId, of.customerId),
      deps.bindings.changes(of, MAX_CHANGES_SHOWN),
    ]);
    return customerPartnerOf(of, bindings, changes, { program, zone, at: toInstant(deps.clock()) });
  };
}
