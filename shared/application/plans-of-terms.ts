import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';

/** Published plans of a programme; `undefined` for a version that was never published. */
export type PublishedPlans = { get(programId: string, version: number): Promise<Plan | undefined> };

/**
 * Every plan that a partner's terms name, by version: the published ones, and, under a number of its own, what was agreed
 * with the partner alone. Whoever states, checks, explains or simulates a month builds its plans here, so that custom
 * terms are paid by one rule. A version that was never published is left out: whoever needs it says so.
 */
export async function plansOfTerms(
  programId: string,
  terms: PartnerTerms,
  published: PublishedPlans,
): Promise<ReadonlyMap<number, Plan>> {
  const plans = new Map<number, Plan>();
  for (const { planVersion, components } of terms.agreements) {
    if (plans.has(planVersion)) continue;
    const plan = components ? { version: planVersion, components } : await published.get(programId, planVersion);
    if (plan) plans.set(planVersion, plan);
  }
  return plans;
}
