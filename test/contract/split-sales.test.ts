import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeConversionPages } from '#shared/adapters/dynamodb/referrals/sales/conversion-pages';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import type { ConversionRecord, RefundRecord } from '#shared/application/referrals/ports';
import { partsOfSale, splitRefund } from '#shared/application/referrals/sales/split-credit';
import type { Period } from '#shared/domain/time/instant';
import { aConversion, aRefund, FEBRUARY, instant, JANUARY } from '#test/support/builders/referrals';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aReferralsHouse, aRefundInput, aSaleInput } from '#test/support/referrals-house';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const THREE = [
  { partnerId: 'ada', shareBps: 3_333 },
  { partnerId: 'mira', shareBps: 3_334 },
  { partnerId: 'noor', shareBps: 3_333, earnsNothing: 'self_referral' },
];
const aSplitSale = (changes: Partial<ConversionRecord> = {}): ConversionRecord =>
  aConversion({ partnerId: undefined, credits: THREE, amountMinor: 100n, category: 'books', ...changes });

const implementations = [
  [
    'on the engine',
    () => ({
      conversions: makeConversionStore(table),
      refunds: makeRefundStore(table),
      facts: makeReferralFacts(table),
      sales: makeConversionPages(table),
    }),
  ],
  ['in memory', makeFakeReferrals],
] as const;

describe.each(implementations)('split sales %s', (name, make) => {
  let programs = 0;
  const aShop = (): string => `split-${name.replaceAll(' ', '-')}-${++programs}`;
  const stores = { ...makeFakeReferrals() };
  beforeAll(() => Object.assign(stores, make()));

  const record = async (sale: ConversionRecord) => stores.conversions.add(sale, {}, partsOfSale(sale));
  const refund = async (changes: Partial<RefundRecord>) => {
    const one = aRefund({ partnerId: undefined, ...changes });
    const sale = (await stores.conversions.find(one.programId, one.orderId))!;
    return stores.refunds.add(one, sale.amountMinor, sale.reattributions, splitRefund(sale, one));
  };
  const salesOf = async (programId: string, partnerId: string | undefined, period: Period) => {
    const found: unknown[] = [];
    for await (const { orderId, amountMinor, nettedMinor, refundedMinor } of stores.facts.conversions(
      programId,
      partnerId,
      period,
    )) {
      found.push(`${orderId} ${amountMinor} ${nettedMinor} ${refundedMinor}`);
    }
    return found;
  };
  const refundsOf = async (programId: string, partnerId: string | undefined, period: Period) => {
    const found: unknown[] = [];
    for await (const { refundId, amountMinor, late } of stores.facts.refunds(programId, partnerId, period)) {
      found.push(`${refundId} ${amountMinor}${late ? ' late' : ''}`);
    }
    return found;
  };

  it('count as one sale a partner and as none of nobody, and are recorded once', async () => {
    const programId = aShop();
    const sale = aSplitSale({ programId });
    expect(await record(sale)).toBe('recorded');
    expect(await record({ ...sale, amountMinor: 7n })).toBe('exists');
    expect(await stores.conversions.find(programId, 'o1')).toEqual(sale);
    expect(await salesOf(programId, 'ada', JANUARY)).toEqual(['o1 33 0 0']);
    expect(await salesOf(programId, 'mira', JANUARY)).toEqual(['o1 34 0 0']);
    expect(await salesOf(programId, 'noor', JANUARY)).toEqual(['o1 33 0 0']);
    expect(await salesOf(programId, undefined, JANUARY)).toEqual([]);
    const { items } = await stores.sales.ofMonth({ programId, partnerId: 'noor', period: JANUARY }, { limit: 10 });
    expect(items).toHaveLength(1);
    expect(items[0]?.conversion).toMatchObject({
      earnsNothing: 'self_referral',
      category: 'books',
      credit: { sharesBps: [3_333, 3_334, 3_333], part: 2 },
    });
    const nobodys = await stores.sales.ofMonth({ programId, partnerId: undefined, period: JANUARY }, { limit: 10 });
    expect(nobodys.items).toEqual([]);
  });

  it('keep parts and customer together: neither is stored without the other', async () => {
    const programId = aShop();
    const first = (orderId: string) => ({
      first: { period: JANUARY, occurredAt: instant('2026-01-15T12:00:00Z'), conversionId: orderId },
    });
    const [one, other] = ['a', 'b'].map((orderId) => aSplitSale({ programId, orderId }));
    expect(await stores.conversions.add(one!, first('a'), partsOfSale(one!))).toBe('recorded');
    expect(await stores.conversions.add(other!, first('b'), partsOfSale(other!))).toBe('contended');
    expect(await salesOf(programId, 'mira', JANUARY)).toEqual(['a 34 0 0']);
    expect(await stores.conversions.history(programId, 'c1')).toMatchObject(first('a'));
  });

  it('give each part its part of a refund, in time and late, until nothing is left of any', async () => {
    const programId = aShop();
    await record(aSplitSale({ programId }));
    expect(await refund({ programId, refundId: 'r1', amountMinor: 10n })).toBe('recorded');
    expect(await refund({ programId, refundId: 'r2', amountMinor: 1n, period: FEBRUARY, late: true })).toBe('recorded');
    expect(await refund({ programId, refundId: 'r3', amountMinor: 90n })).toBe('exceeds');
    expect(await refund({ programId, refundId: 'r3', amountMinor: 89n, period: FEBRUARY, late: true })).toBe(
      'recorded',
    );
    expect(await refund({ programId, refundId: 'r3', amountMinor: 89n })).toBe('exists');
    expect(await salesOf(programId, 'ada', JANUARY)).toEqual(['o1 33 3 33']);
    expect(await salesOf(programId, 'mira', JANUARY)).toEqual(['o1 34 4 34']);
    expect(await salesOf(programId, 'noor', JANUARY)).toEqual(['o1 33 3 33']);
    expect(await refundsOf(programId, 'ada', JANUARY)).toEqual(['r1 3']);
    expect(await refundsOf(programId, 'ada', FEBRUARY)).toEqual(['r3 30 late']);
    expect(await refundsOf(programId, 'noor', FEBRUARY)).toEqual(['r2 1 late', 'r3 29 late']);
    expect(await refundsOf(programId, undefined, FEBRUARY)).toEqual([]);
    const order = await stores.facts.order(programId, 'o1');
    expect(order?.refunds.map(({ refundId, amountMinor }) => `${refundId} ${amountMinor}`)).toEqual([
      'r1 10',
      'r2 1',
      'r3 89',
    ]);
    expect(order?.parts?.map(({ conversion, refunds }) => [conversion.partnerId, refunds.length])).toEqual([
      ['ada', 2],
      ['mira', 2],
      ['noor', 3],
    ]);
    expect(await stores.refunds.find(programId, 'r3')).toMatchObject({ amountMinor: 89n, partnerId: undefined });
  });

  it('refuse a refund that was split by sums that have changed since', async () => {
    const programId = aShop();
    await record(aSplitSale({ programId }));
    const sale = (await stores.conversions.find(programId, 'o1'))!;
    const two = ['r1', 'r2'].map((refundId) => aRefund({ programId, refundId, amountMinor: 5n, partnerId: undefined }));
    const outcomes = [];
    for (const one of two) outcomes.push(await stores.refunds.add(one, 100n, 0, splitRefund(sale, one)));
    expect(outcomes).toEqual(['recorded', 'contended']);
    expect(await refundsOf(programId, 'mira', JANUARY)).toEqual(['r1 2']);
  });

  it('add up whatever is refunded at once, each sent twice', async () => {
    const house = aReferralsHouse(stores);
    let orders = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 1n, max: 1_000n }),
        fc.integer({ min: 1, max: 9_999 }),
        fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 400n }), fc.boolean()), { maxLength: 4 }),
        async (amountMinor, shareBps, refunds) => {
          const orderId = `${name}-${++orders}`.replaceAll(' ', '-');
          const credits = [
            { partnerId: 'noor', shareBps: 10_000 - shareBps },
            { partnerId: 'mira', shareBps },
          ];
          const sale = aSaleInput({ orderId, customerId: `c ${orderId}`, amountMinor, credits });
          await Promise.all([
            house.recordConversion(sale),
            house.recordConversion({ ...sale, credits: credits.toReversed() }),
          ]);
          const deeds = refunds.map(([minor, isLate], index) =>
            aRefundInput({
              orderId,
              refundId: `${orderId}-r${index}`,
              amountMinor: minor,
              ...(isLate ? { occurredAt: instant('2026-02-20T12:00:00Z') } : {}),
            }),
          );
          await Promise.allSettled([...deeds, ...deeds].map((deed) => house.recordRefund(deed)));
          const order = (await stores.conversions.findOrder('shop', orderId))!;
          const sum = (of: (part: ConversionRecord) => bigint): bigint =>
            (order.parts ?? []).reduce((total, { conversion }) => total + of(conversion), 0n);
          expect(order.parts).toHaveLength(2);
          expect(sum((part) => part.amountMinor)).toBe(amountMinor);
          expect(sum((part) => part.refundedMinor)).toBe(order.conversion.refundedMinor);
          expect(sum((part) => part.nettedMinor)).toBe(order.conversion.nettedMinor);
          for (const { conversion, refunds: own } of order.parts ?? []) {
            expect(own.reduce((total, one) => total + one.amountMinor, 0n)).toBe(conversion.refundedMinor);
            expect(conversion.refundedMinor <= conversion.amountMinor).toBe(true);
            if (order.conversion.refundedMinor === amountMinor)
              expect(conversion.refundedMinor).toBe(conversion.amountMinor);
          }
        },
      ),
      { numRuns: name === 'in memory' ? 100 : 15 },
    );
  });
});
