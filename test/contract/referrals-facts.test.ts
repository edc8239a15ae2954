import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { type CustomerHistory, improveHistory } from '#shared/domain/facts/first-purchase';
import type { Period } from '#shared/domain/time/instant';
import { aConversion, aRefund, FEBRUARY, instant, JANUARY } from '#test/support/builders/referrals';
import { type FakeReferrals, makeFakeReferrals } from '#test/support/fakes/referrals';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const collect = async <T>(facts: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const fact of facts) all.push(fact);
  return all;
};
const firstOf = (orderId: string, occurredAt = instant('2026-01-15T12:00:00Z')): CustomerHistory => ({
  first: { period: JANUARY, occurredAt, conversionId: orderId },
});

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => FakeReferrals][] = [
  [
    'on the engine',
    () => ({
      conversions: makeConversionStore(table),
      refunds: makeRefundStore(table),
      reattributions: makeReattributionStore(table),
      facts: makeReferralFacts(table),
      reattributors: makeReattributorsReader(table),
    }),
  ],
  ['in memory', makeFakeReferrals],
];

describe.each(implementations)('referral facts %s', (name, make) => {
  let referrals: FakeReferrals;
  let programs = 0;
  const aShop = (): string => `${name.replaceAll(' ', '-')}-${++programs}`;
  beforeAll(() => {
    referrals = make();
  });

  it('keeps a conversion as it was recorded, once', async () => {
    const conversion = aConversion({
      programId: aShop(),
      amountMinor: BigInt(Number.MAX_SAFE_INTEGER),
      earnsNothing: 'self_referral',
      customerFirstPurchaseAt: instant('2020-01-01T00:00:00Z'),
      category: 'books',
      country: 'DE',
      convertedFrom: {
        minor: BigInt(Number.MAX_SAFE_INTEGER),
        currency: 'JPY',
        rate: '0.0052',
        source: 'ECB',
        at: instant('2026-01-15T15:00:00Z'),
      },
    });
    expect(await referrals.conversions.add(conversion, {})).toBe('recorded');
    expect(await referrals.conversions.add({ ...conversion, amountMinor: 1n }, firstOf('o1'))).toBe('exists');
    expect(await referrals.conversions.find(conversion.programId, 'o1')).toEqual(conversion);
    const { programId, period, category, country, convertedFrom } = conversion;
    for await (const fact of referrals.facts.conversions(programId, 'mira', period)) {
      expect(fact).toMatchObject({ orderId: 'o1', category, country, convertedFrom });
    }
    expect.assertions(5);
    expect(await referrals.conversions.history(conversion.programId, 'c1')).toEqual({});
  });

  it('moves the first purchase of a customer only to an earlier one', async () => {
    const programId = aShop();
    const add = (orderId: string, history: CustomerHistory) =>
      referrals.conversions.add(aConversion({ programId, orderId }), history);
    expect(await add('o2', firstOf('o2'))).toBe('recorded');
    expect(await add('o3', firstOf('o3'))).toBe('contended');
    expect(await referrals.conversions.find(programId, 'o3')).toBeUndefined();
    expect(await add('o1', firstOf('o1'))).toBe('recorded');
    expect(await add('o4', { suppliedAt: instant('2020-01-01T00:00:00Z') })).toBe('recorded');
    expect(await add('o5', { suppliedAt: instant('2020-01-02T00:00:00Z') })).toBe('contended');
    expect(await referrals.conversions.history(programId, 'c1')).toEqual({
      ...firstOf('o1'),
      suppliedAt: instant('2020-01-01T00:00:00Z'),
    });
  });

  it('answers first purchases of many customers at once, and none for those who never bought', async () => {
    const programId = aShop();
    for (let index = 0; index < 120; index += 1) {
      const orderId = `o${index}`;
      const improvement =
        index === 0 ? { ...firstOf(orderId), suppliedAt: instant('2020-01-01T00:00:00Z') } : firstOf(orderId);
      await referrals.conversions.add(aConversion({ programId, orderId, customerId: `c${index}` }), improvement);
    }
    const customers = Array.from({ length: 121 }, (_, index) => `c${index}`);
    const first = await referrals.facts.firstPurchases(programId, customers);
    expect(first.size).toBe(120);
    const sale = { period: '2026-01', occurredAt: instant('2026-01-15T12:00:00Z'), conversionId: 'o119' };
    expect(first.get('c119')).toEqual({ at: sale.occurredAt, orderId: 'o119', firstSale: sale });
    expect(first.get('c0')?.at).toBe(instant('2020-01-01T00:00:00Z'));
    expect(first.get('c0')?.orderId).toBeUndefined();
  });

  it('answers the dates that have counted for a customer, in the order in which they became known', async () => {
    const programId = aShop();
    const dates = ['2025-12-02T00:00:00Z', '2025-12-01T00:00:00Z'].map(instant);
    let known: CustomerHistory = {};
    for (const [index, suppliedAt] of dates.entries()) {
      const conversion = aConversion({ programId, orderId: `o${index}`, customerId: 'c1' });
      const sale = { ...conversion, conversionId: conversion.orderId, suppliedAt };
      const improvement = improveHistory(known, sale, '2025-12' as Period);
      expect(await referrals.conversions.add(conversion, improvement)).toBe('recorded');
      known = await referrals.conversions.history(programId, 'c1');
    }
    const first = (await referrals.facts.firstPurchases(programId, ['c1'])).get('c1');
    expect(first?.suppliedDates).toEqual(
      dates.map((at) => ({
        at,
        period: '2026-01',
        occurredAt: instant('2026-01-15T12:00:00Z'),
        recordedAt: instant('2026-01-15T12:00:01Z'),
      })),
    );
  });

  it('streams the conversions of one partner and period by time, then id', async () => {
    const programId = aShop();
    const sales = [
      aConversion({ programId, orderId: 'b' }),
      aConversion({ programId, orderId: 'a' }),
      aConversion({ programId, orderId: 'z', occurredAt: instant('2026-01-02T00:00:00Z') }),
      aConversion({ programId, orderId: 'other-partner', partnerId: 'noor' }),
      aConversion({ programId, orderId: 'other-period', period: FEBRUARY }),
      aConversion({ programId, orderId: 'nobody', partnerId: undefined }),
    ];
    for (const sale of sales) await referrals.conversions.add(sale, {});
    const mine = await collect(referrals.facts.conversions(programId, 'mira', JANUARY));
    expect(mine.map((sale) => sale.orderId)).toEqual(['z', 'a', 'b']);
    expect(mine[0]).toMatchObject({ amountMinor: 10_00n, nettedMinor: 0n, refundedMinor: 0n, customerId: 'c1' });
    const unclaimed = await collect(referrals.facts.conversions(programId, undefined, JANUARY));
    expect(unclaimed.map((sale) => sale.orderId)).toEqual(['nobody']);
    expect(await collect(referrals.facts.conversions(`${programId}x`, 'mira', JANUARY))).toEqual([]);
  });

  it('counts refunds against their sale, netted and late ones, and refuses more than the sale', async () => {
    const programId = aShop();
    await referrals.conversions.add(aConversion({ programId }), {});
    const add = (refundId: string, amountMinor: bigint, late: boolean) =>
      referrals.refunds.add(
        aRefund({ programId, refundId, amountMinor, late, period: late ? FEBRUARY : JANUARY }),
        10_00n,
      );
    expect(await add('r1', 4_00n, false)).toBe('recorded');
    expect(await add('r2', 5_00n, true)).toBe('recorded');
    expect(await add('r3', 1_01n, true)).toBe('exceeds');
    expect(await add('r1', 1_00n, false)).toBe('exists');
    expect(await add('r4', 1_00n, true)).toBe('recorded');
    const order = await referrals.facts.order(programId, 'o1');
    expect(order?.conversion).toMatchObject({ refundedMinor: 10_00n, nettedMinor: 4_00n });
    expect(order?.refunds.map((refund) => refund.refundId)).toEqual(['r1', 'r2', 'r4']);
    expect(await referrals.refunds.find(programId, 'r3')).toBeUndefined();
    expect((await referrals.refunds.find(programId, 'r2'))?.amountMinor).toBe(5_00n);
    const january = await collect(referrals.facts.refunds(programId, 'mira', JANUARY));
    const february = await collect(referrals.facts.refunds(programId, 'mira', FEBRUARY));
    expect(january.map((refund) => refund.refundId)).toEqual(['r1']);
    expect(february.map((refund) => [refund.refundId, refund.late])).toEqual([
      ['r2', true],
      ['r4', true],
    ]);
  });

  it('never lets refunds at once exceed their sale', async () => {
    const programId = aShop();
    await referrals.conversions.add(aConversion({ programId }), {});
    const attempt = async (index: number): Promise<string> => {
      const refund = aRefund({ programId, refundId: `r${index}`, amountMinor: 3_00n });
      let outcome = await referrals.refunds.add(refund, 10_00n);
      while (outcome === 'contended') outcome = await referrals.refunds.add(refund, 10_00n);
      return outcome;
    };
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => attempt(index)));
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(3);
    expect((await referrals.facts.order(programId, 'o1'))?.conversion.refundedMinor).toBe(9_00n);
  });

  it('knows no order of another programme', async () => {
    const programId = aShop();
    await referrals.conversions.add(aConversion({ programId }), {});
    expect(await referrals.facts.order(aShop(), 'o1')).toBeUndefined();
  });
});
