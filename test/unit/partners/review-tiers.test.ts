import { beforeEach, describe, expect, it } from 'vitest';
import { makePlanTierReview, PARTNERS_A_SHARD } from '#shared/application/partners/plan-tier-review';
import type { RecordedTier } from '#shared/application/partners/ports';
import { makeReviewTiers } from '#shared/application/partners/review-tiers';
import { makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import type { Plan } from '#shared/domain/plan/plan';
import type { Period } from '#shared/domain/time/instant';
import { acme, aProfile, aStanding, instant } from '#test/support/builders/partners';
import { aConversion, aRefund } from '#test/support/builders/referrals';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { type FakeReferrals, makeFakeReferrals } from '#test/support/fakes/referrals';
import { makeFakeTierFacts, makeMemoryMemos, makeMemoryReviews } from '#test/support/fakes/tier-reviews';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const AS_OF = instant('2026-03-31T22:00:00Z');
const basics = {
  certificationId: 'c1',
  certification: 'basics',
  certifiedAt: instant('2026-01-10T00:00:00Z'),
  recordedAt: instant('2026-01-10T00:00:00Z'),
  recordedBy: 'person:manager',
};

let partners: MemoryPartners;
let referrals: FakeReferrals;
let closedThrough: Period;
let now: string;
let countFailsAt: Period | undefined;
let paidTiers: readonly string[] | undefined;
let planReads: number;

const plans = {
  get: async (_programId: string, version: number): Promise<Plan | undefined> => {
    planReads += 1;
    const ratesByTier = paidTiers && Object.fromEntries(paidTiers.map((tier) => [tier, 1_000]));
    return ratesByTier && { version, components: [{ kind: 'revenue_share', id: 'share', ratesByTier }] };
  },
};

const review = async (shard: { after?: string; through?: string; asOf?: typeof AS_OF } = {}) => {
  const programs = makeFakePrograms(acme({ closedThrough }));
  const facts = makeFakeTierFacts(referrals, { fails: (period) => period === countFailsAt });
  const { counts } = await makeReviewTiers({
    partners: partners.store,
    programs,
    schemes: makeFakeTierSchemes(),
    plans,
    measurePartners: makeMeasurePartners({
      programs,
      readSales: makeReadSales({ facts, memos: makeMemoryMemos() }),
      finalMonths: async () => undefined,
      clock: () => Date.parse(now),
    }),
    reviews: makeMemoryReviews(),
    clock: () => Date.parse(now),
    log: { info: () => {}, warn: () => {}, error: () => {} } as never,
  })({ programId: 'acme', asOf: AS_OF, ...shard });
  const { reviewed, promoted } = counts;
  return { reviewed, promoted };
};

const enrol = (partnerId: string, over: Parameters<typeof aStanding>[0] = {}) =>
  partners.store.enrol(aStanding({ partnerId, certifications: [basics], ...over }), aProfile({ partnerId }), undefined);

async function sell(count: number, over: Partial<Parameters<typeof aConversion>[0]> & { partnerId?: string } = {}) {
  for (let index = 0; index < count; index += 1) {
    const occurredAt = over.occurredAt ?? instant('2026-02-01T12:00:00Z');
    const period = over.period ?? ('2026-03' as Period);
    const orderId = `o${index}-${over.partnerId ?? 'p1'}-${occurredAt}`;
    const sale = {
      programId: 'acme',
      partnerId: 'p1',
      customerId: `c-${orderId}`,
      orderId,
      ...over,
      occurredAt,
      period,
    };
    await referrals.conversions.add(aConversion(sale), {
      first: { period, occurredAt, conversionId: orderId },
    });
  }
}
const tiersOf = async (partnerId = 'p1') =>
  (await partners.store.standing('acme', partnerId))?.tiers.map(({ tier, from, source }) => ({ tier, from, source }));
const assigned = (tier: string, from: string, sequence: number): RecordedTier => ({
  tierTermId: `t${sequence}`,
  tier,
  from: instant(from),
  sequence,
  source: 'person',
  reason: 'By hand',
  recordedAt: instant(from),
  recordedBy: 'person:manager',
});

beforeEach(() => {
  partners = makeMemoryPartners();
  referrals = makeFakeReferrals();
  closedThrough = '2025-12' as Period;
  now = '2026-03-31T22:00:05.000Z';
  countFailsAt = undefined;
  paidTiers = undefined;
  planReads = 0;
});

describe('review tiers', () => {
  it('promotes at once, with one change to tell of', async () => {
    await enrol('p1');
    await sell(5);
    expect(await review()).toEqual({ reviewed: 1, promoted: 1 });
    expect((await tiersOf())?.at(-1)).toEqual({ tier: 'certified', from: AS_OF, source: 'review' });
    expect(partners.changes).toMatchObject([
      {
        from: 'referral',
        to: 'certified',
        direction: 'up',
        // Not what other tiers ask for, met as it may be.
        reason: 'certification, 5 of 5 qualified referrals in 12 months',
      },
    ]);
  });

  it('never moves a partner up to a tier that its plan does not pay, and raises it once the plan does', async () => {
    await enrol('p1');
    await sell(5);
    paidTiers = ['referral', 'premium'];
    expect((await review()).promoted).toBe(0);
    expect(await tiersOf()).toHaveLength(1);
    paidTiers = ['referral', 'certified'];
    expect((await review()).promoted).toBe(1);
  });

  it('reads no plan of a partner who would not rise', async () => {
    await enrol('p1');
    await sell(4);
    await review();
    expect(planReads).toBe(0);
  });

  it('writes nothing when the same night is reviewed twice, also at once', async () => {
    await enrol('p1');
    await sell(5);
    await Promise.all([review(), review(), review()]);
    expect(await review()).toEqual({ reviewed: 1, promoted: 0 });
    expect(partners.changes).toHaveLength(1);
    expect(await tiersOf()).toHaveLength(2);
  });

  it('leaves the partner where it is with one referral too few, refunded or not the customer’s first', async () => {
    await enrol('p1');
    await sell(4);
    await sell(1, { occurredAt: instant('2026-02-02T12:00:00Z') });
    const refunded = 'o0-p1-2026-02-02T12:00:00.000Z';
    await referrals.refunds.add(
      aRefund({
        programId: 'acme',
        orderId: refunded,
        partnerId: 'p1',
        amountMinor: 10_00n,
        period: '2026-03' as Period,
      }),
      10_00n,
    );
    await referrals.conversions.add(
      aConversion({
        programId: 'acme',
        partnerId: 'p1',
        orderId: 'again',
        customerId: 'c-o0-p1-2026-02-01T12:00:00.000Z',
        period: '2026-03' as Period,
      }),
      {},
    );
    expect(await review()).toEqual({ reviewed: 1, promoted: 0 });
    expect(await tiersOf()).toHaveLength(1);
    expect(partners.steps).toMatchObject([{ kind: 'within_reach', to: 'certified', unmet: [{ missing: 1n }] }]);
  });

  it('decides nothing from a partial count', async () => {
    await enrol('p1');
    await sell(5);
    countFailsAt = '2026-03' as Period;
    await expect(review()).rejects.toThrow('the store went away');
    expect(partners.saves.tried).toBe(0);
  });

  it('finds a late fact in the period that was open when it came', async () => {
    await enrol('p1');
    closedThrough = '2026-04' as Period;
    await sell(5, { period: '2026-05' as Period });
    expect((await review()).promoted).toBe(1);
    expect((await tiersOf())?.at(-1)?.from).toBe('2026-04-30T23:00:00.000Z');
  });

  it('never lowers a tier that a person assigned', async () => {
    await enrol('p1', {
      tiers: [...aStanding().tiers, assigned('premium', '2026-02-01T00:00:00Z', 2)],
      announcedTier: 'premium',
    });
    await sell(5);
    expect((await review()).promoted).toBe(0);
    expect(partners.changes).toEqual([]);
  });

  it('does not lower a tier that starts where the promotion would', async () => {
    closedThrough = '2026-03' as Period;
    now = '2026-04-02T00:00:00.000Z';
    const from = '2026-03-31T23:00:00.000Z';
    await enrol('p1', { tiers: [...aStanding().tiers, assigned('strategic', from, 2)], announcedTier: 'strategic' });
    await sell(5);
    expect((await review()).promoted).toBe(0);
  });

  it('does not raise whom a person has lowered', async () => {
    const tiers = [
      ...aStanding().tiers,
      assigned('certified', '2026-02-01T00:00:00Z', 2),
      assigned('referral', '2026-03-01T00:00:00Z', 3),
    ];
    await enrol('p1', { tiers });
    await sell(5);
    expect((await review()).promoted).toBe(0);
  });

  it('tells of a tier that a person had set to start since', async () => {
    await enrol('p1', {
      certifications: [],
      tiers: [...aStanding().tiers, assigned('gold', '2026-03-20T00:00:00Z', 2)],
    });
    await review();
    await review();
    expect(partners.changes).toMatchObject([
      { from: 'referral', to: 'gold', effectiveFrom: '2026-03-20T00:00:00.000Z' },
    ]);
  });

  it('reads nothing of a partner whom no number can move', async () => {
    await enrol('p1', { tiers: [{ ...aStanding().tiers[0]!, tier: 'strategic' }], announcedTier: 'strategic' });
    countFailsAt = '2026-03' as Period;
    expect(await review()).toEqual({ reviewed: 1, promoted: 0 });
  });

  it('reviews its own shard alone', async () => {
    for (const partnerId of ['a', 'b', 'c']) {
      await enrol(partnerId);
      await sell(5, { partnerId });
    }
    expect(await review({ after: 'a', through: 'b' })).toEqual({ reviewed: 1, promoted: 1 });
    expect(await tiersOf('a')).toHaveLength(1);
    expect(await tiersOf('b')).toHaveLength(2);
    expect(await tiersOf('c')).toHaveLength(1);
  });
});

describe('a partner too large for one call', () => {
  it('keeps its tier, and no review says that it saw it', async () => {
    for (const partnerId of ['big', 'c']) await enrol(partnerId);
    const reviews = makeMemoryReviews();
    const reviewTiers = makeReviewTiers({
      partners: partners.store,
      programs: makeFakePrograms(acme({ closedThrough })),
      schemes: makeFakeTierSchemes(),
      plans,
      measurePartners: async (_program, _scheme, { asOf }, ids) =>
        new Map(
          ids
            .filter((id) => id !== 'big')
            .map((id) => [id, () => ({ asOf, of: (condition) => ({ condition, found: 0n, wanted: 1n, met: false }) })]),
        ),
      reviews,
      clock: () => Date.parse(now),
      log: { info: () => {}, warn: () => {}, error: () => {} } as never,
    });
    let where = await reviewTiers({ programId: 'acme', asOf: AS_OF });
    for (let calls = 0; !where.done && calls < 100; calls += 1) where = await reviewTiers(where);
    expect(where).toMatchObject({ done: true, counts: { reviewed: 2, unmeasured: 1 } });
    const seen: unknown[] = [];
    for await (const { after, through } of reviews.list('acme')) seen.push([after, through]);
    expect(seen).toEqual([
      ['big', 'c'],
      ['c', undefined],
    ]);
  });
});

describe('plan tier review', () => {
  const plan = (count: number) =>
    makePlanTierReview({
      programs: {
        ...makeFakePrograms(acme(), aProgram({ programId: 'beta', timeZone: 'America/New_York' })),
        async *list() {
          yield acme();
          yield aProgram({ programId: 'beta', timeZone: 'America/New_York' });
        },
      },
      terms: {
        listIds: async (programId, { after, limit }) =>
          Array.from({ length: programId === 'acme' ? count : 1 }, (_, index) => `p${String(index).padStart(4, '0')}`)
            .filter((id) => after === undefined || id > after)
            .slice(0, limit),
      },
      reviews: makeMemoryReviews(),
      clock: () => Date.parse(now),
    });

  it('cuts partners into shards without a gap, the last one open to newcomers', async () => {
    const { shards } = await plan(PARTNERS_A_SHARD + 1)({ programId: 'acme' });
    expect(shards).toEqual([
      { programId: 'acme', asOf: now, after: undefined, through: 'p0099' },
      { programId: 'acme', asOf: now, after: 'p0099', through: undefined },
    ]);
  });

  it('plans nothing for a programme without partners', async () => {
    expect(await plan(0)({ programId: 'acme' })).toEqual({ shards: [] });
  });

  it('reviews every programme as of the end of a month in its own time zone', async () => {
    const { shards } = await plan(1)({ period: '2026-03' as Period });
    expect(shards.map(({ programId, asOf }) => [programId, asOf])).toEqual([
      ['acme', '2026-03-31T22:59:59.999Z'],
      ['beta', '2026-04-01T03:59:59.999Z'],
    ]);
  });
});
