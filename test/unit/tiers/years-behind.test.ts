import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import { conditionsOf } from '#shared/domain/partner/tiers/requirement';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { aStanding } from '#test/support/builders/partners';
import { aTierWorld, tierWorldStep } from '#test/support/builders/tier-world';
import { makeFakeTierFacts, makeMemoryMemos } from '#test/support/fakes/tier-reviews';

const london = timeZoneOf('Europe/London');
const PARTNERS = ['p0', 'p1'];
const RICH: TierScheme = {
  ...DEFAULT_TIER_SCHEME,
  tiers: [
    {
      tier: 'high',
      requires: {
        all: [
          { fact: 'qualified_referrals', atLeast: 2, withinMonths: 12 },
          { fact: 'partner_revenue', atLeastMinor: 300n, withinMonths: 12 },
          { fact: 'retention', atLeastBps: 5_000, withinMonths: 3, minimumCustomers: 2 },
        ],
      },
      byInvitation: false,
    },
  ],
};

type World = ReturnType<typeof aTierWorld>;
type ReadSales = ReturnType<typeof makeReadSales>;

/** What each partner comes to at the end of the last closed month, from facts recorded by `knownAt`. */
async function measured(world: World, scheme: TierScheme, readSales: ReadSales, knownAt = world.now()) {
  const program = await world.programs().get('acme');
  const asOf: Instant = toInstant(startOfPeriod(nextPeriod(program.closedThrough), london) - 1);
  const measurePartners = makeMeasurePartners({
    ...{ programs: world.programs(), readSales, finalMonths: async () => world.final() },
    clock: () => Date.parse(world.now()),
  });
  const measure = await measurePartners(program, scheme, { asOf, knownAt }, PARTNERS);
  return PARTNERS.map((partnerId) => {
    const measures = measure.get(partnerId)!(aStanding({ partnerId }));
    return conditionsOf(scheme).map((condition) => measures.of(condition));
  });
}

/** Every month until today, and nothing remembered. */
const readingAll = (world: World): ReadSales => {
  const facts = makeFakeTierFacts(world.referrals);
  const readSales = makeReadSales({ facts, memos: { find: async () => new Map(), put: async () => {} } });
  return (wanted, ...more) => readSales({ ...wanted, lastSale: wanted.to }, ...more);
};

const wait = fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 100, max: 400 }) });

describe('a review of a month that ended long ago', () => {
  it('comes to what every month until today says, remembered or not, with refunds at any time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 16, arbitrary: tierWorldStep }, { weight: 3, arbitrary: wait }), {
          minLength: 8,
          maxLength: 60,
        }),
        fc.constantFrom(DEFAULT_TIER_SCHEME, RICH),
        fc.constantFrom(1, 3, 500),
        fc.constantFrom(0, 60, 300),
        async (steps, scheme, pageSize, knownDaysAgo) => {
          const world = aTierWorld();
          const facts = makeFakeTierFacts(world.referrals, { pageSize });
          const readSales = makeReadSales({ facts, memos: makeMemoryMemos() });
          for (const step of [...steps, { kind: 'review' } as const]) {
            if (step.kind !== 'review') {
              await world.take(step);
              continue;
            }
            const knownAt = toInstant(Date.parse(world.now()) - knownDaysAgo * 86_400_000);
            expect(await measured(world, scheme, readSales, knownAt)).toEqual(
              await measured(world, scheme, readingAll(world), knownAt),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  const yearsLater = async () => {
    const world = aTierWorld();
    const sell = { kind: 'sell', daysAgo: 40, partner: 0, minor: 100 } as const;
    await world.take({ ...sell, customer: 1 });
    await world.take({ ...sell, customer: 2 });
    await world.take({ kind: 'wait', days: 15 * 365 });
    await world.take({ kind: 'close', isPaid: false });
    const facts = makeFakeTierFacts(world.referrals);
    const readSales = makeReadSales({ facts, memos: makeMemoryMemos() });
    return { world, facts, readSales };
  };

  it('reads no month since then of partners without a refund there', async () => {
    const { world, facts, readSales } = await yearsLater();
    const [found] = await measured(world, DEFAULT_TIER_SCHEME, readSales);
    expect(found?.find(({ condition }) => condition.fact === 'qualified_referrals')?.found).toBe(2n);
    expect(facts.reads.months).toBeLessThanOrEqual(PARTNERS.length * 5);
  });

  it('reads them of a partner with a refund there that was recorded after what is to be known', async () => {
    const { world, facts, readSales } = await yearsLater();
    const knownAt = world.now();
    await world.take({ kind: 'refund', sale: 0, share: 1, daysAgo: 0 });
    const [then] = await measured(world, DEFAULT_TIER_SCHEME, readSales, knownAt);
    expect(then?.find(({ condition }) => condition.fact === 'qualified_referrals')?.found).toBe(2n);
    expect(facts.reads.months).toBeGreaterThan(15 * 12);
    expect(facts.reads.months).toBeLessThan(15 * 12 + PARTNERS.length * 10);
    const [now] = await measured(world, DEFAULT_TIER_SCHEME, readSales);
    expect(now?.find(({ condition }) => condition.fact === 'qualified_referrals')?.found).toBe(1n);
  });

  it('asks the orders of sales that it remembers, and reads the months when one was refunded there', async () => {
    const { world, facts, readSales } = await yearsLater();
    await world.take({ kind: 'close', isPaid: true });
    await measured(world, DEFAULT_TIER_SCHEME, readSales);
    expect(facts.reads.orders).toBe(0);
    const before = facts.reads.months;
    await measured(world, DEFAULT_TIER_SCHEME, readSales);
    expect(facts.reads.orders).toBe(2);
    expect(facts.reads.months - before).toBeLessThanOrEqual(PARTNERS.length * 5);
    await world.take({ kind: 'refund', sale: 1, share: 1, daysAgo: 0 });
    const [found] = await measured(world, DEFAULT_TIER_SCHEME, readSales);
    expect(found?.find(({ condition }) => condition.fact === 'qualified_referrals')?.found).toBe(1n);
  });
});
