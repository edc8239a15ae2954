import type { PlanDraft } from '#shared/application/payouts/plans/plan-draft';
import type { SimulatePlanDeps, SimulationAsked } from '#shared/application/payouts/simulations/simulate-plan';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import type { Period } from '#shared/domain/time/instant';
import { aClosingHalf, NO_FACTS } from '#test/support/builders/closing-half';
import { instant, JANUARY } from '#test/support/builders/runs';
import { aSimulator } from '#test/support/builders/simulating';

export { aSale as sale } from '#test/support/builders/sale-fact';

export const share = (version: number, rateBps: number): Plan => ({
  version,
  components: [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: rateBps } }],
});
export const PLANS = new Map([share(1, 1000), share(2, 1500)].map((plan) => [plan.version, plan]));

export const partner = (partnerId: string, endsAt?: string): PartnerTerms => ({
  partnerId,
  agreements: [
    { from: instant('2026-01-01T00:00:00Z'), endsAt: endsAt && instant(endsAt), planVersion: 1, sequence: 1 },
  ] as PartnerTerms['agreements'],
  tiers: [{ from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 1 }],
});
export const aDraft = (components: PlanDraft['components']): PlanDraft => ({
  draftId: 'spring',
  name: 'Spring',
  components,
  revision: 1,
  status: 'open',
  createdBy: 'person:m',
  createdAt: instant('2026-02-01T00:00:00Z'),
  savedBy: 'person:m',
  savedAt: instant('2026-02-01T00:00:00Z'),
});
const factsOf = (sales: readonly ConversionFact[]): ReferralFacts => ({
  ...NO_FACTS,
  async *conversions(_programId, partnerId, period) {
    yield* sales.filter((fact) => fact.partnerId === partnerId && fact.period === period);
  },
});

/** January and February as told, January approved. */
export async function aSimulatedProgramme(
  sales: readonly ConversionFact[],
  partners: readonly PartnerTerms[] = [partner('p1')],
) {
  const facts = factsOf(sales);
  const half = aClosingHalf({ partners, plans: PLANS, facts, now: '2026-03-01T08:00:00Z' });
  await half.ready();
  const close = async (period: Period): Promise<void> => {
    const run = await half.toDecision(period);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    await half.complete({ programId: 'acme', runId: run.runId });
  };
  await close(JANUARY);
  const simulator = aSimulator({ half, plans: PLANS, facts });
  const simulating =
    (over: Partial<SimulatePlanDeps> = {}) =>
    async (asked: SimulationAsked) => {
      const { simulation, result } = await simulator.ask(asked, over);
      if (!result) throw new Error(`it goes on by itself: ${simulation.status}`);
      return result;
    };
  return { half, close, simulator, simulating };
}
export const ask = { planVersion: 2, from: JANUARY, to: JANUARY };
export const cost = (partnerId: string, currency: string, paidEarnedMinor: bigint, simulatedEarnedMinor: bigint) => ({
  partnerId,
  currency,
  paidEarnedMinor,
  simulatedEarnedMinor,
  differenceMinor: simulatedEarnedMinor - paidEarnedMinor,
});
