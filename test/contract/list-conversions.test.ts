import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCursor } from '#shared/adapters/dynamodb/cursor';
import { makeConversionPages } from '#shared/adapters/dynamodb/referrals/sales/conversion-pages';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import type { ConversionPages } from '#shared/application/referrals/ports';
import type { Period } from '#shared/domain/time/instant';
import { aConversion, FEBRUARY, instant, JANUARY } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { type FakeReferrals, makeFakeReferrals } from '#test/support/fakes/referrals';
import { aReattributionInput, aReferralsHouse, aRefundInput } from '#test/support/referrals-house';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

type Stores = Pick<FakeReferrals, 'conversions' | 'refunds' | 'reattributions'> & { readonly sales: ConversionPages };
const implementations: readonly [string, () => Stores][] = [
  [
    'on the engine',
    () => ({
      conversions: makeConversionStore(table),
      refunds: makeRefundStore(table),
      reattributions: makeReattributionStore(table),
      sales: makeConversionPages(table),
    }),
  ],
  ['in memory', makeFakeReferrals],
];

describe.each(implementations)('lists of sales %s', (name, make) => {
  let stores: Stores;
  let programs = 0;
  const aShop = (): string => `listed-${name.replaceAll(' ', '-')}-${++programs}`;
  beforeAll(() => {
    stores = make();
  });
  const ordersOf = async (of: Parameters<ConversionPages['ofMonth']>[0], limit = 50): Promise<string[][]> => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.sales.ofMonth(of, { cursor, limit });
      pages.push(page.items.map(({ conversion }) => conversion.orderId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return pages;
  };

  it('page one partner, or nobody, in one month by time, then order, without refunds', async () => {
    const programId = aShop();
    const sales = [
      aConversion({ programId, orderId: 'b' }),
      aConversion({ programId, orderId: 'b2' }),
      aConversion({ programId, orderId: 'b!' }),
      aConversion({ programId, orderId: '~a' }),
      aConversion({ programId, orderId: 'z', occurredAt: instant('2026-01-02T00:00:00Z') }),
      aConversion({ programId, orderId: 'other-partner', partnerId: 'noor' }),
      aConversion({ programId, orderId: 'other-period', period: FEBRUARY }),
      aConversion({ programId, orderId: 'nobody', partnerId: undefined }),
    ];
    for (const sale of sales) await stores.conversions.add(sale, {});
    const house = aReferralsHouse(stores);
    house.programs.set(aProgram({ programId }));
    await house.recordRefund(aRefundInput({ programId, orderId: 'b' }));
    const of = { programId, partnerId: 'mira', period: JANUARY };
    expect(await ordersOf(of)).toEqual([['z', 'b', 'b!', 'b2', '~a']]);
    expect(await ordersOf(of, 2)).toEqual([['z', 'b'], ['b!', 'b2'], ['~a']]);
    expect(await ordersOf(of, 5)).toEqual([['z', 'b', 'b!', 'b2', '~a']]);
    expect(await ordersOf(of, 1)).toHaveLength(5);
    expect(await ordersOf({ ...of, partnerId: undefined })).toEqual([['nobody']]);
    expect(await ordersOf({ ...of, period: '2026-03' as Period })).toEqual([[]]);
    const [, refunded] = (await stores.sales.ofMonth(of, { limit: 2 })).items;
    expect(refunded).toMatchObject({ isFormer: false, conversion: { refundedMinor: 4_00n, customerId: 'c1' } });
  });

  it('tell a sale that came from elsewhere and one that a closed month only keeps', async () => {
    const programId = aShop();
    const house = aReferralsHouse(stores);
    house.programs.set(aProgram({ programId }));
    const earnsNothing = 'self_referral';
    await stores.conversions.add(aConversion({ programId, orderId: 'moved', earnsNothing }), {});
    await stores.conversions.add(aConversion({ programId, orderId: 'claimed', partnerId: undefined }), {});
    house.programs.set(aProgram({ programId, closedThrough: JANUARY }));
    await house.reattribute(aReattributionInput({ programId, orderId: 'moved' }));
    await house.reattribute(aReattributionInput({ programId, orderId: 'claimed', reattributionId: 're2' }));
    const marks = async (partnerId: string | undefined, period: Period) =>
      (await stores.sales.ofMonth({ programId, partnerId, period }, { limit: 9 })).items.map((one) => [
        one.conversion.orderId,
        one.isFormer,
        one.conversion.reattributions,
      ]);
    expect(await marks('mira', JANUARY)).toEqual([['moved', true, undefined]]);
    expect(await marks(undefined, JANUARY)).toEqual([]);
    expect(await marks('noor', FEBRUARY)).toEqual([
      ['claimed', false, 1],
      ['moved', false, 1],
    ]);
    expect(await marks('noor', JANUARY)).toEqual([]);
  });

  it.each([
    'o1',
    'C#',
    'R#2026-01-15T12:00:00.000Z#r1',
    'C#2026-01-15T12:00:00.000Z#',
    'C#2026-01-15T12:00:00.000Z#a#b',
  ])('refuse a cursor made of %s', async (position) => {
    const of = { programId: aShop(), partnerId: 'mira', period: JANUARY };
    for (const cursor of [position, toCursor(position)]) {
      await expect(stores.sales.ofMonth(of, { cursor, limit: 1 })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
      });
    }
  });
});
