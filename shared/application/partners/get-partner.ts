import { Failure } from '#shared/application/failure';
import { type PayeeSummary, summarisePayee } from '#shared/application/partners/change-payee';
import type { PartnerProfile, PartnerStore, Standing } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import { type Instant, toInstant } from '#shared/domain/instant';
import { agreementInForce, tierInForce } from '#shared/domain/terms';

export type PartnerView = {
  readonly profile: PartnerProfile;
  readonly standing: Standing;
  readonly payee: PayeeSummary | undefined;
} & CurrentTerms;

export type CurrentTerms = { readonly tier: string | undefined; readonly planVersion: number | undefined };

type Dependencies = { partners: PartnerStore; clock: Clock };

/** @throws Failure not_found */
export function makeGetPartner({ partners, clock }: Dependencies) {
  return async ({ programId, partnerId }: { programId: string; partnerId: string }): Promise<PartnerView> => {
    const [standing, profile, recorded] = await Promise.all([
      partners.standing(programId, partnerId),
      partners.profile(programId, partnerId),
      partners.payee(programId, partnerId),
    ]);
    if (!standing || !profile) throw new Failure('not_found', 'There is no such partner.');
    const payee = recorded && summarisePayee(recorded.payee);
    return { standing, profile, payee, ...currentTerms(standing, toInstant(clock())) };
  };
}

/** The tier and the plan version in force at an instant. */
export function currentTerms(standing: Standing, at: Instant): CurrentTerms {
  return {
    tier: tierInForce(standing.tiers, at)?.tier,
    planVersion: agreementInForce(standing.agreements, at)?.planVersion,
  };
}
