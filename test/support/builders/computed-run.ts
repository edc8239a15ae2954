import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import type { Plan } from '#shared/domain/plan/plan';
import { aClosingHalf, NO_FACTS } from '#test/support/builders/closing-half';
import { instant, JANUARY } from '#test/support/builders/runs';

export { aSale as sale } from '#test/support/builders/sale-fact';

export const PLAN: Plan = {
  version: 1,
  components: [
    { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } },
    { kind: 'referral_fee', id: 'welcome', amountMinor: 500n },
  ],
};
export const partner = (partnerId: string) => ({
  partnerId,
  agreements: [{ from: instant('2026-01-01T00:00:00Z'), planVersion: 1, sequence: 1 }],
  tiers: [{ from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 1 }],
});

export function factsWith(sales: ConversionFact[]): ReferralFacts {
  return {
    ...NO_FACTS,
    async *conversions(_programId, partnerId, period) {
      yield* sales.filter((fact) => fact.partnerId === partnerId && fact.period === period);
    },
    firstPurchases: async (_programId, ids) =>
      new Map(
        sales
          .filter(({ customerId }) => ids.includes(customerId))
          .map((fact) => [fact.customerId, { at: fact.occurredAt, orderId: fact.orderId }]),
      ),
  };
}

/** A closing half whose partners are paid a tenth of each sale and a fee a new customer. */
export async function aHalf(sales: ConversionFact[], partnerIds = ['p1']) {
  const half = aClosingHalf({
    partners: partnerIds.map(partner),
    plans: new Map([[1, PLAN]]),
    facts: factsWith(sales),
  });
  await half.ready();
  return half;
}

export const of = (half: Awaited<ReturnType<typeof aHalf>>) =>
  half.list({ programId: 'acme', period: JANUARY, limit: 100 });
