import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeMeasurePartners, measureStanding } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import type { TierFacts } from '#shared/application/partners/tiers/tier-facts';
import { measureSales, type SaleClock, type TierSale } from '#shared/domain/partner/tiers/qualify-sales';
import { conditionsOf } from '#shared/domain/partner/tiers/requirement';
import { DEFAULT_TIER_SCHEME, type TierCondition, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Period } from '#shared/domain/time/instant';
import { aStanding, instant } from '#test/support/builders/partners';
import { aTierWorld, tierWorldStep } from '#test/support/builders/tier-world';
import { makeFakeTierFacts, makeMemoryMemos } from '#test/support/fakes/tier-reviews';

const london = timeZoneOf('Europe/London');
const clock: SaleClock = { asOf: instant('2026-07-01T12:00:00Z'), holdDays: 30, zone: london };
const aSale = (occurredAt: string, more: Partial<TierSale> = {}): TierSale => ({
  orderId: occurredAt,
  occurredAt: instant(occurredAt),
  leftMinor: 100n,
  isFirst: true,
  inCurrency: true,
  ...more,
});
const REFERRALS = { fact: 'qualified_referrals', atLeast: 2, withinMonths: 12 } as const;
const REVENUE = { fact: 'partner_revenue', atLeastMinor: 300n, withinMonths: 12 } as const;
const RETENTION = { fact: 'retention', atLeastBps: 5_000, withinMonths: 3, minimumCustomers: 2 } as const;

describe('what sales come to', () => {
  const count = (...sales: TierSale[]) => measureSales(REFERRALS, sales, clock).found;

  it('counts a referral once its hold has passed on the wall clock, over a clock change too', () => {
    expect(count(aSale('2026-06-01T12:00:00Z'))).toBe(1n);
    expect(count(aSale('2026-06-01T12:00:00.001Z'))).toBe(0n);
    const spring = { ...clock, asOf: instant('2026-04-01T11:00:00Z') };
    expect(measureSales(REFERRALS, [aSale('2026-03-02T12:00:00Z')], spring).found).toBe(1n);
    expect(measureSales(REFERRALS, [aSale('2026-03-02T12:00:00.001Z')], spring).found).toBe(0n);
  });

  it('counts a referral while it is less than twelve calendar months old, and a first purchase alone', () => {
    expect(count(aSale('2025-07-01T12:00:00Z'))).toBe(0n);
    expect(count(aSale('2025-07-01T12:00:00.001Z'))).toBe(1n);
    expect(count(aSale('2026-03-01T12:00:00Z', { isFirst: false }))).toBe(0n);
  });

  it('tells when time alone makes it less, and more', () => {
    const sales = [aSale('2025-08-31T12:00:00Z'), aSale('2026-06-15T12:00:00Z')];
    expect(measureSales(REFERRALS, sales, clock)).toEqual({
      found: 1n,
      met: false,
      lessFrom: '2026-08-31T12:00:00.000Z',
      moreFrom: '2026-07-15T12:00:00.000Z',
    });
    const short = { ...REFERRALS, withinMonths: 6 };
    // No February has a 31st: it is out when March begins.
    expect(
      measureSales(short, [aSale('2025-08-31T12:00:00Z')], { ...clock, asOf: instant('2026-02-01T12:00:00Z') })
        .lessFrom,
    ).toBe('2026-03-01T00:00:00.000Z');
  });

  it("adds up what is left of sales in the programme's currency, whoever bought", () => {
    const sales = [
      aSale('2026-03-01T12:00:00Z', { leftMinor: 250n, isFirst: false }),
      aSale('2026-03-02T12:00:00Z', { leftMinor: 49n }),
      aSale('2026-03-03T12:00:00Z', { leftMinor: 900n, inCurrency: false }),
    ];
    expect(measureSales(REVENUE, sales, clock)).toMatchObject({ found: 299n, met: false });
  });

  it('tells which share of earlier customers bought again, and nothing of too few', () => {
    const of = (customerId: string, occurredAt: string, isFirst: boolean) => aSale(occurredAt, { customerId, isFirst });
    const sales = [
      of('a', '2026-01-01T00:00:00Z', true),
      of('b', '2026-01-02T00:00:00Z', true),
      of('c', '2026-01-03T00:00:00Z', true),
      of('a', '2026-05-01T00:00:00Z', false),
      of('a', '2026-05-02T00:00:00Z', false),
      of('new', '2026-05-03T00:00:00Z', true),
    ];
    expect(measureSales(RETENTION, sales, clock)).toMatchObject({ found: 3_333n, met: false });
    expect(measureSales({ ...RETENTION, atLeastBps: 3_333 }, sales, clock).met).toBe(true);
    expect(measureSales({ ...RETENTION, atLeastBps: 1, minimumCustomers: 4 }, sales, clock).met).toBe(false);
  });
});

const RICH: TierScheme = {
  ...DEFAULT_TIER_SCHEME,
  tiers: [
    { tier: 'low', requires: { all: [] }, byInvitation: false },
    { tier: 'high', requires: { all: [REFERRALS, REVENUE, RETENTION] }, byInvitation: false },
  ],
};

const found = (conditions: readonly TierCondition[], measures: { of: (condition: TierCondition) => object }) =>
  conditions.map((condition) => measures.of(condition));

describe('what is remembered of closed months', () => {
  it('is as good as reading all facts, for every scheme and page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tierWorldStep, { minLength: 5, maxLength: 60 }),
        fc.constantFrom(DEFAULT_TIER_SCHEME, RICH),
        fc.constantFrom(1, 3, 500),
        async (steps, scheme, pageSize) => {
          const world = aTierWorld();
          const memos = makeMemoryMemos();
          const facts = makeFakeTierFacts(world.referrals, { pageSize });
          const measureWith = (readSales: ReturnType<typeof makeReadSales>) =>
            makeMeasurePartners({
              programs: world.programs(),
              readSales,
              finalMonths: async () => world.final(),
              clock: () => Date.parse(world.now()),
            });
          for (const one of [...steps, { kind: 'review' } as const]) {
            if (one.kind !== 'review') {
              await world.take(one);
              continue;
            }
            const time = { asOf: world.now(), knownAt: world.now() };
            const program = await world.programs().get('acme');
            const remembering = await measureWith(makeReadSales({ facts, memos }))(program, scheme, time, ['p0', 'p1']);
            const none = makeReadSales({ facts, memos: { find: async () => new Map(), put: async () => {} } });
            const reading = await measureWith(none)(program, scheme, time, ['p0', 'p1']);
            for (const partnerId of ['p0', 'p1']) {
              const standing = aStanding({ partnerId });
              const conditions = conditionsOf(scheme);
              expect(found(conditions, remembering.get(partnerId)?.(standing) as never)).toEqual(
                found(conditions, reading.get(partnerId)?.(standing) as never),
              );
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is nothing that an index told while it lagged behind a refund', async () => {
    for (const lags of ['sale', 'refund'] as const) {
      const world = aTierWorld();
      await world.take({ kind: 'sell', customer: 1, daysAgo: 40, partner: 0, minor: 100 });
      await world.take({ kind: 'wait', days: 60 });
      for (let month = 0; month < 3; month += 1) await world.take({ kind: 'close', isPaid: true });
      const unrefunded = makeFakeTierFacts(world.referrals);
      const stale = await unrefunded.month('acme', 'p0', '2026-01' as Period);
      await world.take({ kind: 'refund', sale: 0, share: 2, daysAgo: 0 });
      const whole = makeFakeTierFacts(world.referrals);
      let isBehind = true;
      const facts: TierFacts = {
        ...whole,
        month: async (programId, partnerId, period) => {
          const page = await whole.month(programId, partnerId, period);
          if (!isBehind) return page;
          return lags === 'refund'
            ? { ...page, refunds: [] }
            : { ...page, sales: period === '2026-01' ? stale.sales : [] };
        },
      };
      const readSales = makeReadSales({ facts, memos: makeMemoryMemos() });
      const program = await world.programs().get('acme');
      const deps = {
        ...{ programs: world.programs(), readSales, finalMonths: async () => world.final() },
        clock: () => Date.parse(world.now()),
      };
      const measure = async () => {
        const time = { asOf: world.now(), knownAt: world.now() };
        const measures = await makeMeasurePartners(deps)(program, RICH, time, ['p0']);
        return measures
          .get('p0')?.(aStanding({ partnerId: 'p0' }))
          .of(REVENUE).found;
      };
      await measure();
      isBehind = false;
      expect(await measure()).toBe(50n);
    }
  });

  it('spares the months that can change no more', async () => {
    const world = aTierWorld();
    const memos = makeMemoryMemos();
    const facts = makeFakeTierFacts(world.referrals);
    const readSales = makeReadSales({ facts, memos });
    const measure = () => {
      const deps = {
        programs: world.programs(),
        readSales,
        finalMonths: async () => world.final(),
        clock: () => Date.parse(world.now()),
      };
      return world
        .programs()
        .get('acme')
        .then((program) =>
          makeMeasurePartners(deps)(program, DEFAULT_TIER_SCHEME, { asOf: world.now(), knownAt: world.now() }, ['p0']),
        );
    };
    await world.take({ kind: 'sell', customer: 1, daysAgo: 50, partner: 0, minor: 100 });
    await world.take({ kind: 'wait', days: 100 });
    for (let month = 0; month < 3; month += 1) await world.take({ kind: 'close', isPaid: true });
    await measure();
    const first = facts.reads.months;
    await measure();
    expect(facts.reads.months - first).toBeLessThan(first);
    expect(facts.reads.months - first).toBeLessThanOrEqual(2);
    expect(memos.puts).toBe(1);
  });
});

describe('what a manager confirms', () => {
  const asOf = instant('2026-07-01T12:00:00Z');
  const CONFIRMED = { fact: 'confirmation', confirmation: 'fit' } as const;
  const scheme: TierScheme = {
    ...DEFAULT_TIER_SCHEME,
    tiers: [{ tier: 'high', requires: CONFIRMED, byInvitation: false }],
  };
  const measured = (courseId?: string): boolean => {
    const recorded = { recordedAt: instant('2026-01-01T00:00:00Z'), recordedBy: 'person:manager' };
    const fit = { ...recorded, certificationId: 'c1', certification: 'fit', certifiedAt: recorded.recordedAt };
    const standing = aStanding({ certifications: [{ ...fit, ...(courseId === undefined ? {} : { courseId }) }] });
    return measureStanding(standing, scheme, { asOf, knownAt: asOf }, { sales: [] }, clock).of(CONFIRMED).met;
  };

  it('is what a manager recorded, and no certificate of a course of that name', () => {
    expect(measured()).toBe(true);
    expect(measured('a-course')).toBe(false);
  });
});
