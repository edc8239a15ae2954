import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { keptCustomerId } from '#shared/application/referrals/customers/customer-id';
import {
  type CustomerPartner,
  customerPartnerOf,
  MAX_CHANGES_SHOWN,
} from '#shared/application/referrals/customers/customer-partner';
import type { BindingStore } from '#shared/application/referrals/customers/customer-ports';
import type { ConversionStore, PartnerDirectory } from '#shared/application/referrals/ports';
import { isSelfReferral } from '#shared/application/referrals/sales/self-referral';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { periodOfConversion } from '#shared/domain/facts/facts';
import { toInstant } from '#shared/domain/time/instant';
import { bindingAt, nextNumber, withBinding } from '#shared/domain/tracking/binding';

export type BindCustomerInput = {
  readonly programId: string;
  readonly customerId: string;
  /** `undefined`: nobody's. */
  readonly partnerId: string | undefined;
  readonly reason: string;
  readonly by: string;
  /** The person who made the API key that called. */
  readonly onBehalfOf?: string | undefined;
  /** Partners that the caller acts for: whose own customers are is for others to say. */
  readonly ownPartners?: readonly string[] | undefined;
};

/**
 * Gives a customer to a partner, or to nobody, for sales from now on; what was decided stays. It holds until somebody says
 * otherwise, whatever `bindCustomers` says. Saying what a person has said before changes nothing.
 * @throws Failure unknown_program, unknown_partner, binding_refused (the partner is the customer, or the caller's own), temporarily_unavailable
 */
export function makeBindCustomer(
  deps: {
    readonly conversions: Pick<ConversionStore, 'history'>;
    readonly bindings: BindingStore;
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly clock: Clock;
    readonly digest: Digest;
  } & RetryDeps,
): (input: BindCustomerInput) => Promise<CustomerPartner> {
  return async (asked) => {
    const input = { ...asked, customerId: keptCustomerId(deps.digest, asked.customerId) };
    const { programId, customerId, partnerId, reason, by, onBehalfOf } = input;
    const program = await deps.programs.get(programId);
    const zone = deps.programs.zone(program.timeZone);
    await requirePartner(deps, asked);
    return retryContended(deps, async () => {
      const customer = await deps.conversions.history(programId, customerId);
      const at = toInstant(deps.clock());
      const { holdDays, closedThrough } = await deps.programs.get(programId);
      const period = periodOfConversion(at, holdDays, closedThrough, zone);
      const known = customer.bindings ?? [];
      const standing = bindingAt(known, at);
      const isSaid = standing?.partnerId === partnerId && standing?.orderId === undefined;
      const changes = await deps.bindings.changes(input, MAX_CHANGES_SHOWN);
      if (isSaid) return customerPartnerOf(input, known, changes, { program, zone, at });
      const number = nextNumber(known);
      const bindings = withBinding(known, { number, partnerId, from: at });
      const change = { number, at, by, onBehalfOf, reason, period, before: standing?.partnerId, after: partnerId };
      if ((await deps.bindings.save(input, bindings, change)) === 'contended') return 'contended';
      return customerPartnerOf(input, bindings, [change, ...changes], { program, zone, at });
    });
  };
}

async function requirePartner(
  deps: { readonly partners: PartnerDirectory; readonly digest: Digest },
  { programId, customerId, partnerId, ownPartners = [] }: BindCustomerInput,
): Promise<void> {
  if (partnerId === undefined) return;
  if (ownPartners.includes(partnerId)) {
    throw new Failure('binding_refused', 'You act for this partner. Let somebody else bind the customer.', {
      errors: [{ pointer: '/partnerId', rule: 'must not be a partner that you act for' }],
    });
  }
  const partner = await deps.partners.find(programId, partnerId);
  if (!partner) {
    throw new Failure('unknown_partner', 'Enrol the partner first, or send the id of one that is enrolled.', {
      errors: [{ pointer: '/partnerId', rule: 'is not a partner of this programme' }],
    });
  }
  if (isSelfReferral(customerId, partnerId, partner.emailHash, deps.digest)) {
    throw new Failure(
      'binding_refused',
      'A self-referral never earns. Bind the customer to another partner or to nobody.',
      {
        errors: [{ pointer: '/partnerId', rule: 'must not be the customer' }],
      },
    );
  }
}
