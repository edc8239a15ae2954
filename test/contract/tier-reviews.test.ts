import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeTierMemos } from '#shared/adapters/dynamodb/partners/tiers/tier-memos';
import { makeTierReviews } from '#shared/adapters/dynamodb/partners/tiers/tier-reviews';
import { makeTierSteps } from '#shared/adapters/dynamodb/partners/tiers/tier-steps';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeGivenAwaySales } from '#shared/adapters/dynamodb/referrals/sales/given-away-sales';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { makeTierFacts } from '#shared/adapters/dynamodb/referrals/sales/tier-facts';
import type { TierFacts, TierMemo } from '#shared/application/partners/tiers/tier-facts';
import type { TierReview, TierReviews, TierStep } from '#shared/application/partners/tiers/tier-steps';
import { restampOrder } from '#shared/application/referrals/sales/restamp-order';
import type { Period } from '#shared/domain/time/instant';
import { aProfile, aStanding, instant } from '#test/support/builders/partners';
import { aConversion, aRefund } from '#test/support/builders/referrals';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import {
  makeFakeGivenAway,
  makeFakeTierFacts,
  makeMemoryMemos,
  makeMemoryReviews,
} from '#test/support/fakes/tier-reviews';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const JANUARY = '2026-01' as Period;
const FEBRUARY = '2026-02' as Period;
let partners: PartnersTable;
let referrals: TestTable;

beforeAll(async () => {
  [partners, referrals] = await Promise.all([aPartnersTable(), aReferralsTable()]);
});
afterAll(() => Promise.all([partners?.stop(), referrals?.stop()]));

const sale = aConversion({ programId: 'acme', partnerId: 'p1' });
const refund = aRefund({ programId: 'acme', partnerId: 'p1' });
const first = { period: JANUARY, occurredAt: sale.occurredAt, conversionId: 'o1' };

describe.each(['engine', 'fake'])('facts of a month (%s)', (kind) => {
  let facts: TierFacts;
  beforeAll(async () => {
    const fake = makeFakeReferrals();
    const stores =
      kind === 'fake' ? fake : { conversions: makeConversionStore(referrals), refunds: makeRefundStore(referrals) };
    await stores.conversions.add(sale, { first });
    await stores.refunds.add(refund, sale.amountMinor);
    facts = kind === 'fake' ? makeFakeTierFacts(fake) : makeTierFacts(referrals);
  });

  it('are sales with what was refunded of them, and refunds, in one answer', async () => {
    const { sales, refunds, next } = await facts.month('acme', 'p1', JANUARY);
    expect(sales).toMatchObject([{ orderId: 'o1', amountMinor: 10_00n, refundedMinor: 4_00n, customerId: 'c1' }]);
    expect(refunds).toMatchObject([{ orderId: 'o1', amountMinor: 4_00n, recordedAt: refund.recordedAt }]);
    expect(next).toBeUndefined();
    expect((await facts.month('acme', 'p1', FEBRUARY)).sales).toEqual([]);
    expect((await facts.firstPurchases('acme', ['c1'])).get('c1')?.orderId).toBe('o1');
    expect(await facts.moves('acme', 'o1', 'p1')).toEqual([]);
    expect(await facts.refundMonths('acme', 'o1')).toEqual([refund.period]);
    expect(await facts.refundMonths('acme', 'none')).toEqual([]);
  });
});

describe.each(['engine', 'fake'])('sales that were given away (%s)', (kind) => {
  it('are found where they count now, with what their partner had, until it has them again', async () => {
    const fake = makeFakeReferrals();
    const { conversions, refunds, reattributions } =
      kind === 'fake'
        ? fake
        : {
            conversions: makeConversionStore(referrals),
            refunds: makeRefundStore(referrals),
            reattributions: makeReattributionStore(referrals),
          };
    const givenAway = kind === 'fake' ? makeFakeGivenAway(fake, () => ['given']) : makeGivenAwaySales(referrals);
    const own = { programId: 'given', orderId: 'given', partnerId: 'p1' };
    await conversions.add(aConversion(own), {});
    await refunds.add(aRefund(own), sale.amountMinor);
    const move = async (partnerId: string, at: string): Promise<void> => {
      const order = await conversions.findOrder('given', 'given');
      if (!order) throw new Error('the sale was recorded');
      const said = { reattributionId: at, at: instant(at), by: 'person:manager', reason: 'A dispute' };
      expect(await reattributions.save(order, restampOrder(order, { partnerId }, said, JANUARY))).toBe('saved');
    };
    await move('p2', '2026-02-03T00:00:00Z');
    expect(await givenAway.inPeriod('given', JANUARY)).toEqual([]);
    const [given] = await givenAway.inPeriod('given', FEBRUARY);
    expect(given).toMatchObject({
      ...{ partnerId: 'p1', period: JANUARY },
      sale: { orderId: 'given', customerId: 'c1', amountMinor: 10_00n, refundedMinor: 4_00n },
      refunds: [{ orderId: 'given', amountMinor: 4_00n, recordedAt: refund.recordedAt }],
    });
    await move('p1', '2026-02-04T00:00:00Z');
    expect(await givenAway.inPeriod('given', FEBRUARY)).toMatchObject([{ partnerId: 'p2', period: FEBRUARY }]);
  });
});

describe.each(['engine', 'fake'])('memos (%s)', (kind) => {
  it('come back as they were put, and the last one put counts', async () => {
    const memos = kind === 'fake' ? makeMemoryMemos() : makeTierMemos(partners);
    const memo: TierMemo = {
      ...{ programId: 'acme', partnerId: 'p1', from: JANUARY, through: JANUARY, holds: 'all' },
      sales: [
        {
          orderId: 'o1',
          occurredAt: sale.occurredAt,
          leftMinor: 6_00n,
          isFirst: true,
          customerId: 'c1',
          inCurrency: true,
        },
      ],
    };
    const later: TierMemo = { ...memo, through: FEBRUARY, cutAt: sale.occurredAt, sales: [] };
    await memos.put([memo, { ...memo, partnerId: 'p2' }]);
    await memos.put([later]);
    const found = await memos.find('acme', ['p1', 'p2', 'p3']);
    expect([...found].sort()).toEqual([
      ['p1', later],
      ['p2', { ...memo, partnerId: 'p2' }],
    ]);
  });
});

describe.each(['engine', 'fake'])('reviews (%s)', (kind) => {
  const made = (): TierReviews => (kind === 'fake' ? makeMemoryReviews() : makeTierReviews(partners));

  it('are kept once an instant and shard, the first one', async () => {
    const reviews = made();
    const at = instant('2026-03-01T03:00:00Z');
    const review: TierReview = { programId: 'acme', asOf: at, at, closedThrough: JANUARY, through: 'p5' };
    await reviews.record(review);
    await reviews.record({ ...review, at: instant('2026-03-01T04:00:00Z') });
    await reviews.record({ programId: 'acme', asOf: at, at, closedThrough: JANUARY, after: 'p5' });
    const found: TierReview[] = [];
    for await (const one of reviews.list('acme')) found.push(one);
    expect(found).toEqual([review, { programId: 'acme', asOf: at, at, closedThrough: JANUARY, after: 'p5' }]);
  });

  it('know the last month that is final, which never goes back', async () => {
    const reviews = made();
    const at = instant('2026-03-01T03:00:00Z');
    expect(await reviews.final('shop')).toBeUndefined();
    await reviews.setFinal('shop', FEBRUARY, at);
    await reviews.setFinal('shop', JANUARY, at);
    expect(await reviews.final('shop')).toEqual({ through: FEBRUARY, at });
  });
});

describe('steps of reviews', () => {
  it('are stored with the terms they were decided on, and read newest first by page', async () => {
    const store = makePartnerStore(partners);
    const steps = makeTierSteps(partners);
    const at = instant('2026-03-01T03:00:00Z');
    const condition = { fact: 'partner_revenue', atLeastMinor: 9_000n, withinMonths: 12 } as const;
    const step = (number: number): TierStep => ({
      ...{ programId: 'acme', partnerId: 'p9', number, kind: 'warned', at, asOf: at, schemeVersion: 1 },
      ...{ tier: 'certified', to: 'referral', warningId: 'warning.1', endsAt: at, isLast: false },
      measures: [{ condition, found: 1n, wanted: 9_000n, met: false }],
      unmet: [{ condition, found: 1n, wanted: 9_000n, missing: 8_999n, by: at }],
    });
    const tierWarning = {
      ...{ warningId: 'warning.1', tier: 'certified', sequence: 1, to: 'referral', told: [condition] },
      ...{ warnedAt: at, endsAt: at },
    };
    await store.enrol(aStanding({ partnerId: 'p9', version: 1 }), aProfile({ partnerId: 'p9' }), undefined);
    const seen = await store.standing('acme', 'p9');
    if (!seen) throw new Error('the partner was enrolled');
    const warned = { ...seen, tierWarning, tierSteps: 3 };
    expect(await store.save(warned, undefined, { steps: [step(1), step(2), step(3)] })).toBe('saved');
    expect(await store.save(warned, undefined, { steps: [step(4)] })).toBe('stale');
    expect((await store.standing('acme', 'p9'))?.tierWarning).toEqual(tierWarning);
    const page = await steps.list('acme', 'p9', { limit: 2 });
    expect(page.items).toEqual([step(3), step(2)]);
    const rest = await steps.list('acme', 'p9', { limit: 2, cursor: page.nextCursor });
    expect(rest).toEqual({ items: [step(1)] });
    expect(await steps.find('acme', 'p9', 2)).toEqual(step(2));
  });
});
