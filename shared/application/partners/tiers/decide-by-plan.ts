import type { PartnerStore, PlanReader, Standing } from '#shared/application/partners/ports';
import { type DecidedReview, type Deciding, decideReview } from '#shared/application/partners/tiers/decide-review';
import { isCustomPlanVersion, versionInForce } from '#shared/domain/partner/agreement';
import type { Measures } from '#shared/domain/partner/tiers/measures';
import type { Component } from '#shared/domain/plan/plan';
import type { Instant } from '#shared/domain/time/instant';

export type PartnerPlans = {
  readonly plans: PlanReader;
  readonly partners: Pick<PartnerStore, 'components'>;
};

export type DecideByPlan = (
  standing: Standing,
  measures: Measures,
  deciding: Omit<Deciding, 'components'>,
) => Promise<DecidedReview>;

/**
 * Decides a review so that no promotion takes away the share that a partner has. The plan is the one in force when the
 * promotion would start, by the agreements as they were known when it was decided, so that a replay comes to the same.
 * It is read only of a partner who would rise; whoever composes it remembers published plans.
 */
export function makeDecideByPlan(deps: PartnerPlans): DecideByPlan {
  return async (standing, measures, deciding) => {
    const decided = decideReview(standing, measures, deciding);
    // Every promotion of a review starts at the same instant, and without one a plan changes nothing.
    const rise = decided.steps.find(({ kind }) => kind === 'promoted');
    if (rise?.from === undefined) return decided;
    const components = await componentsInForce(deps, asKnown(standing, deciding.at), rise.from);
    return decideReview(standing, measures, { ...deciding, components });
  };
}

/** What pays a partner at an instant; nothing where no agreement is in force, or its plan was never published. */
export async function componentsInForce(
  { plans, partners }: PartnerPlans,
  { programId, partnerId, agreements }: Pick<Standing, 'programId' | 'partnerId' | 'agreements'>,
  at: Instant,
): Promise<readonly Component[]> {
  const planVersion = versionInForce(agreements, at)?.planVersion;
  if (planVersion === undefined) return [];
  const components = isCustomPlanVersion(planVersion)
    ? await partners.components(programId, partnerId, planVersion)
    : (await plans.get(programId, planVersion))?.components;
  return components ?? [];
}

function asKnown(standing: Standing, at: Instant): Standing {
  const known = standing.agreements.filter(({ recordedAt, acceptedAt = recordedAt }) => acceptedAt <= at);
  const agreements = known.map((agreement) =>
    agreement.terminatedAt !== undefined && agreement.terminatedAt > at
      ? { ...agreement, endsAt: undefined }
      : agreement,
  );
  return { ...standing, agreements };
}
