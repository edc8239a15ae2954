import type { Billing, BillingReader } from '#shared/application/billing';
import { Failure } from '#shared/application/failure';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type BillingStore = BillingReader & {
  /** Holds from then on, whole; what held before is kept for the invoices of then. */
  save(programId: string, partnerId: string, billing: RecordedBilling): Promise<void>;
};

export type RecordedBilling = Billing & {
  readonly changedAt: Instant;
  readonly changedBy: string;
  /** The person who made the API key `changedBy`. */
  readonly onBehalfOf?: string | undefined;
};

type Of = { readonly programId: string; readonly partnerId: string };

/** Says who a partner is on its self-billing invoices from now on. @throws Failure not_found */
export function makeSetBilling(deps: {
  partners: Pick<PartnerStore, 'profile'>;
  billings: Pick<BillingStore, 'save'>;
  clock: Clock;
}) {
  return async (
    { programId, partnerId, by, onBehalfOf }: Of & { readonly by: string; readonly onBehalfOf?: string | undefined },
    billing: Billing,
  ): Promise<Billing> => {
    if (!(await deps.partners.profile(programId, partnerId))) throw unknownPartner();
    const actor = { changedBy: by, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
    await deps.billings.save(programId, partnerId, { ...billing, changedAt: toInstant(deps.clock()), ...actor });
    return billing;
  };
}

/** @throws Failure not_found for an unknown partner, and while nobody has said it */
export function makeGetBilling(deps: { partners: Pick<PartnerStore, 'profile'>; billings: BillingReader }) {
  return async ({ programId, partnerId }: Of): Promise<Billing> => {
    const [profile, billing] = await Promise.all([
      deps.partners.profile(programId, partnerId),
      deps.billings.billing(programId, partnerId),
    ]);
    if (!profile) throw unknownPartner();
    if (billing) return billing;
    throw new Failure('not_found', 'Nobody has said yet who this partner is on its invoices: PUT the same address.');
  };
}

function unknownPartner(): Failure {
  return new Failure('not_found', 'There is no such partner.');
}
