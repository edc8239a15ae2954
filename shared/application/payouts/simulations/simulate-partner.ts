import type { PartnerTermsReader } from '#shared/application/partner-terms';
import { type PublishedPlans, plansOfTerms } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { type MonthInTheMaking, restateMonth, type Side } from '#shared/domain/facts/restate-month';
import type { PartnerTerms } from '#shared/domain/plan/plan';
import { compareMonths, type SimulatedPartner } from '#shared/domain/simulation/simulated-partner';
import { underPlan } from '#shared/domain/simulation/simulation';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { DRAFT_VERSION } from '../plans/plan-draft.ts';
import { makePurchases, needFirstPurchases } from '../statements/purchases.ts';
import type { PartnerToSimulate, SimulationPlan } from './simulation.ts';

export type SimulatePartnerDeps = {
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: PublishedPlans;
  readonly facts: Pick<ReferralFacts, 'conversions' | 'firstPurchases'>;
};

export type SimulatePartner = (
  partner: PartnerToSimulate,
) => Promise<{ readonly outcome: SimulatedPartner; readonly facts: number }>;

/**
 * States a partner's months twice from one reading of its facts: by the terms that were in force and by the simulated
 * plan, with the engine of the close. Facts are streamed; where a plan has volume brackets a month is read twice.
 * @throws Error when an agreement in force names a plan that is not published
 */
export function makeSimulatePartner(
  deps: SimulatePartnerDeps,
  given: { readonly program: Program; readonly zone: TimeZone } & Pick<SimulationPlan, 'plan' | 'replaces'>,
): SimulatePartner {
  const { program, zone } = given;
  const { programId } = program;
  const purchases = makePurchases(deps.facts, programId);
  const simulatedTerms = simulatedTermsBy(given);
  const plans = withDraft(deps.plans, given);

  return async ({ partnerId, months }) => {
    const terms = (await deps.partners.terms(programId, partnerId)) ?? { partnerId, agreements: [], tiers: [] };
    const used: Side = { terms, plans: await plansOfTerms(programId, terms, plans) };
    const otherTerms = simulatedTerms(terms);
    const simulated: Side | undefined = otherTerms && {
      terms: otherTerms,
      plans: await plansOfTerms(programId, otherTerms, plans),
    };
    const sides = simulated ? [used, simulated] : [used];
    const withFirsts = sides.some((side) => needFirstPurchases(side.plans.values(), side.terms.agreements));
    const comparison = compareMonths(partnerId);
    let facts = 0;
    for (const { period, paid } of months) {
      const month = { partnerId, period, programCurrency: program.currency, zone };
      const making = sides.map((side) => restateMonth(month, side));
      facts += await pushAll(making, () => purchases(deps.facts.conversions(programId, partnerId, period), withFirsts));
      const [asUsed, asSimulated] = making.map((one) => one.finish());
      if (!asUsed) throw new Error('a month has at least the side that was used');
      comparison.month({ period, paid, used: asUsed, simulated: asSimulated ?? asUsed });
    }
    return { outcome: comparison.outcome(), facts };
  };
}

/** Each conversion goes to both sides as it comes, so that none is kept. @returns how many there were */
async function pushAll(
  making: readonly MonthInTheMaking[],
  conversions: () => ReturnType<ReturnType<typeof makePurchases>>,
): Promise<number> {
  const toWeigh = making.filter(({ mustWeigh }) => mustWeigh);
  if (toWeigh.length > 0) {
    for await (const { conversion, currency } of conversions()) {
      for (const one of toWeigh) one.weigh(conversion, currency);
    }
  }
  let count = 0;
  for await (const { conversion, currency } of conversions()) {
    count += 1;
    for (const one of making) one.pay(conversion, currency);
  }
  return count;
}

function simulatedTermsBy({
  plan,
  replaces,
}: Pick<SimulationPlan, 'plan' | 'replaces'>): (terms: PartnerTerms) => PartnerTerms | undefined {
  if (plan.kind === 'in_force') return () => undefined;
  const version = plan.kind === 'draft' ? DRAFT_VERSION : plan.planVersion;
  return (terms) => underPlan(terms, version, replaces);
}

/** The published plans and, under a version that none of them has, the draft. */
function withDraft(published: PublishedPlans, { plan }: Pick<SimulationPlan, 'plan'>): PublishedPlans {
  if (plan.kind !== 'draft') return published;
  const draft = { version: DRAFT_VERSION, components: plan.components };
  return {
    get: async (programId, version) => (version === DRAFT_VERSION ? draft : published.get(programId, version)),
  };
}
