import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeReviewTiers } from '#shared/application/partners/review-tiers';
import { makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import { makeReplayReviews, type ReplayDifference } from '#shared/application/partners/tiers/replay-reviews';
import { restampOrder } from '#shared/application/referrals/sales/restamp-order';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Plan } from '#shared/domain/plan/plan';
import type { Period } from '#shared/domain/time/instant';
import { aProfile, aStanding } from '#test/support/builders/partners';
import { aTierWorld, tierWorldStep } from '#test/support/builders/tier-world';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import {
  makeFakeGivenAway,
  makeFakeTierFacts,
  makeMemoryMemos,
  makeMemoryReviews,
} from '#test/support/fakes/tier-reviews';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const twice = { fact: 'qualified_referrals', atLeast: 2, withinMonths: 3 } as const;
const revenue = { fact: 'partner_revenue', atLeastMinor: 400n, withinMonths: 2 } as const;
const SCHEME: TierScheme = {
  ...DEFAULT_TIER_SCHEME,
  tiers: [
    { tier: 'referral', requires: { all: [] }, byInvitation: false },
    { tier: 'certified', requires: { fact: 'qualified_referrals', atLeast: 1, withinMonths: 3 }, byInvitation: false },
    { tier: 'premium', requires: { any: [twice, revenue] }, byInvitation: false },
  ],
  graceDays: 20,
};

/** `paid`: the tiers that the partners' plan names; absent: it pays no share by tier. */
async function aReviewedWorld(paid?: readonly string[]) {
  // The second version names every tier.
  const plans = {
    get: async (_programId: string, version: number) =>
      aPlan(version, version > 1 ? ['referral', 'certified', 'premium'] : paid),
  };
  const world = aTierWorld();
  const partners = makeMemoryPartners();
  for (const partnerId of ['p0', 'p1']) {
    await partners.store.enrol(aStanding({ partnerId }), aProfile({ partnerId }), undefined);
  }
  const reviews = makeMemoryReviews();
  const facts = makeFakeTierFacts(world.referrals);
  const schemes = makeFakeTierSchemes();
  const own = { ...schemes, at: async () => ({ programId: 'acme', version: 1, scheme: SCHEME }) };
  const memos = makeMemoryMemos();
  const moved: string[] = [];
  return {
    world,
    move: async (orderId: string, partnerId: string) => {
      moved.push(orderId);
      const order = await world.referrals.conversions.findOrder('acme', orderId);
      if (!order) throw new Error('the sale was recorded');
      const said = { reattributionId: orderId, at: world.now(), by: 'person:manager', reason: 'A dispute' };
      const change = restampOrder(order, { partnerId }, said, '2025-12' as Period);
      expect(await world.referrals.reattributions.save(order, change)).toBe('saved');
    },
    partners,
    amend: async (partnerId: string, planVersion: number) => {
      const standing = await partners.store.standing('acme', partnerId);
      const [first] = standing?.agreements ?? [];
      if (!standing || !first) throw new Error('the partner has an agreement');
      const next = {
        ...first,
        agreementId: 'a2',
        sequence: 2,
        planVersion,
        from: world.now(),
        recordedAt: world.now(),
      };
      await partners.store.save({ ...standing, agreements: [first, next] }, undefined);
    },
    review: () => {
      const programs = world.programs();
      return makeReviewTiers({
        partners: partners.store,
        programs,
        schemes: own,
        plans,
        measurePartners: makeMeasurePartners({
          programs,
          readSales: makeReadSales({ facts, memos }),
          finalMonths: async () => world.final(),
          clock: () => Date.parse(world.now()),
        }),
        reviews,
        clock: () => Date.parse(world.now()),
        log: { info() {}, warn() {}, error() {} },
      })({ programId: 'acme', asOf: world.now() });
    },
    replay: async () => {
      const differences: ReplayDifference[] = [];
      const steps = {
        list: async (_programId: string, partnerId: string) => ({
          items: partners.steps.filter((step) => step.partnerId === partnerId),
        }),
      };
      const replay = makeReplayReviews({
        partners: partners.store,
        programs: world.programs(),
        steps,
        reviews,
        schemes: own,
        plans,
        facts,
        givenAway: makeFakeGivenAway(world.referrals, () => moved),
        clock: () => Date.parse(world.now()),
      });
      await replay('acme', (difference) => differences.push(difference));
      return differences;
    },
  };
}

function aPlan(version: number, tiers: readonly string[] | undefined): Plan {
  if (!tiers) return { version, components: [] };
  const ratesByTier = Object.fromEntries(tiers.map((tier) => [tier, 1_000]));
  return { version, components: [{ kind: 'revenue_share', id: 'share', ratesByTier }] };
}

describe('the history of tiers', () => {
  it('holds a partner on the tier that its plan pays, and comes out again', async () => {
    const { world, partners, review, replay } = await aReviewedWorld(['referral', 'certified']);
    for (const customer of [1, 2, 3]) {
      await world.take({ kind: 'sell', customer, daysAgo: 40, partner: 0, minor: 200 });
    }
    await review();
    await world.take({ kind: 'wait', days: 1 });
    await review();
    const took = partners.steps.map(({ partnerId, kind, to }) => `${partnerId} ${kind} ${to}`);
    expect(took).toEqual(['p0 promoted certified']);
    expect(await replay()).toEqual([]);
  });

  it('raises the partner once a plan that names the tier is in force, and comes out again', async () => {
    const { world, partners, review, replay, amend } = await aReviewedWorld(['referral', 'certified']);
    for (const customer of [1, 2, 3]) {
      await world.take({ kind: 'sell', customer, daysAgo: 40, partner: 0, minor: 200 });
    }
    await review();
    await world.take({ kind: 'wait', days: 1 });
    await amend('p0', 2);
    await world.take({ kind: 'wait', days: 1 });
    await review();
    expect(partners.steps.map(({ to }) => to)).toEqual(['certified', 'premium']);
    expect(await replay()).toEqual([]);
  });

  it('comes out again from the facts, whatever came late and whenever it was reviewed', async () => {
    let moves = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(tierWorldStep, { minLength: 15, maxLength: 50 }), async (all) => {
        const { world, partners, review, replay } = await aReviewedWorld();
        let customer = 0;
        for (const one of all) {
          if (one.kind === 'review') {
            await review();
            const written = partners.saves.tried;
            await review();
            // The same night again writes nothing.
            expect(partners.saves.tried).toBe(written);
          } else {
            // Each customer buys once: which purchase was the first is taken as it is known now.
            customer += 1;
            await world.take(one.kind === 'sell' ? { ...one, customer } : one);
          }
        }
        moves += partners.steps.length;
        expect(await replay()).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(moves).toBeGreaterThan(50);
  });

  it('comes out again when a sale that was counted was given to another partner since', async () => {
    const { world, partners, review, replay, move } = await aReviewedWorld();
    await world.take({ kind: 'sell', customer: 1, daysAgo: 35, partner: 0, minor: 100 });
    await review();
    await world.take({ kind: 'wait', days: 1 });
    await world.take({ kind: 'refund', sale: 0, share: 2, daysAgo: 0 });
    await move('o0', 'p1');
    await world.take({ kind: 'wait', days: 1 });
    await review();
    const took = partners.steps.map(({ partnerId, kind }) => `${partnerId} ${kind}`);
    expect(took).toEqual(['p0 promoted', 'p0 warned', 'p1 promoted']);
    expect(await replay()).toEqual([]);
    await world.take({ kind: 'wait', days: 1 });
    await move('o0', 'p0');
    expect(await replay()).toEqual([]);
  });

  it('names a tier that no fact gave', async () => {
    const { world, partners, review, replay } = await aReviewedWorld();
    await world.take({ kind: 'sell', customer: 1, daysAgo: 40, partner: 0, minor: 100 });
    await review();
    const standing = await partners.store.standing('acme', 'p0');
    const [enrolled, gained] = standing?.tiers ?? [];
    if (!standing || !enrolled || !gained) throw new Error('the partner was promoted');
    await partners.store.save({ ...standing, tiers: [enrolled, { ...gained, tier: 'premium' }] }, undefined);
    expect(await replay()).toMatchObject([{ partnerId: 'p0', field: 'tiers by review' }]);
  });
});
