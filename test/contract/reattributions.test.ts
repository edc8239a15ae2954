import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { type FakeReferrals, makeFakeReferrals } from '#test/support/fakes/referrals';
import {
  aReattributionInput,
  aReferralsHouse,
  aRefundInput,
  aSaleInput,
  EMAIL_OF_MIRA,
} from '#test/support/referrals-house';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

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

type House = ReturnType<typeof aReferralsHouse>;
type Step = (house: House, programId: string) => Promise<unknown>;

/** A refund of 2 February, the sale given to noor, January and February closed: in every order. */
const STEPS: Readonly<Record<'refund' | 'move' | 'close', Step>> = {
  refund: (house, programId) =>
    house.recordRefund(aRefundInput({ programId, occurredAt: instant('2026-02-02T00:00:00Z') })),
  move: (house, programId) => house.reattribute(aReattributionInput({ programId })),
  close: async (house, programId) => house.programs.set(aProgram({ programId, closedThrough: '2026-02' as Period })),
};

/** Period of the sale, of its refund, whether that is late, and the netted amount. */
const ORDERS: readonly [(keyof typeof STEPS)[], unknown[]][] = [
  [
    ['refund', 'move', 'close'],
    ['2026-01', '2026-02', true, 0n],
  ],
  [
    ['refund', 'close', 'move'],
    ['2026-03', '2026-03', false, 4_00n],
  ],
  [
    ['move', 'refund', 'close'],
    ['2026-01', '2026-02', true, 0n],
  ],
  [
    ['move', 'close', 'refund'],
    ['2026-01', '2026-03', true, 0n],
  ],
  [
    ['close', 'move', 'refund'],
    ['2026-03', '2026-03', false, 4_00n],
  ],
  [
    ['close', 'refund', 'move'],
    ['2026-03', '2026-03', false, 4_00n],
  ],
];

describe.each(implementations)('re-attribution %s', (name, make) => {
  let house: House;
  let shops = 0;
  const aShop = (): string => {
    const programId = `${name.replaceAll(' ', '-')}-${++shops}`;
    house.programs.set(aProgram({ programId }));
    return programId;
  };
  beforeAll(() => {
    house = aReferralsHouse(make());
  });
  const monthOf = async (programId: string, partnerId: string | undefined, period: string): Promise<string[]> => {
    const rows: string[] = [];
    for await (const fact of house.facts.conversions(programId, partnerId, period as Period)) rows.push(fact.orderId);
    for await (const fact of house.facts.refunds(programId, partnerId, period as Period)) rows.push(fact.refundId);
    return rows;
  };

  it.each(ORDERS)('after %j the sale and its refund stand where one partner reads them', async (steps, expected) => {
    const programId = aShop();
    await house.recordConversion(aSaleInput({ programId }));
    for (const step of steps) await STEPS[step](house, programId);
    const order = await house.conversions.findOrder(programId, 'o1');
    const [refund] = order?.refunds ?? [];
    const { period, nettedMinor, partnerId } = order?.conversion ?? {};
    expect([period, refund?.period, refund?.late, nettedMinor]).toEqual(expected);
    expect([partnerId, refund?.partnerId]).toEqual(['noor', 'noor']);
    expect(await monthOf(programId, 'noor', String(period))).toContain('o1');
    expect(await monthOf(programId, 'noor', String(refund?.period))).toContain('r1');
    expect(await monthOf(programId, undefined, '2026-01')).toEqual([]);
  });

  it('keeps the record of each re-attribution, and the decision before it', async () => {
    const programId = aShop();
    await house.recordConversion(aSaleInput({ programId, partnerId: 'mira' }));
    const input = aReattributionInput({ programId, disputeId: 'd1', onBehalfOf: 'person:boss' });
    const { order } = await house.reattribute(input);
    await house.reattribute({ ...input, partnerId: 'mira', reattributionId: 're2' });
    const kept = await house.conversions.findOrder(programId, 'o1');
    expect(kept?.reattributions[0]).toEqual(order.reattributions[0]);
    expect(kept?.reattributions.map(({ sequence, after }) => [sequence, after.partnerId])).toEqual([
      [1, 'noor'],
      [2, 'mira'],
    ]);
    expect(kept?.conversion.attribution.why).toBe('named_by_merchant');
    expect(await monthOf(programId, 'noor', '2026-01')).toEqual([]);
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual(['o1']);
  });

  it('tells by the month in which the sale counts who moved it, and nothing of the sale', async () => {
    const programId = aShop();
    const made = async (period: string) => house.reattributors.inPeriod(programId, period as Period);
    await house.recordConversion(aSaleInput({ programId }));
    await house.reattribute(aReattributionInput({ programId, onBehalfOf: 'person:boss' }));
    expect(await made('2026-01')).toEqual([
      { by: 'person:manager', onBehalfOf: 'person:boss', at: expect.any(String) },
    ]);
    const other = aShop();
    await house.recordConversion(aSaleInput({ programId: other }));
    await STEPS.close(house, other);
    await house.reattribute(aReattributionInput({ programId: other, by: 'person:finance' }));
    expect(await house.reattributors.inPeriod(other, '2026-01' as Period)).toEqual([]);
    expect(await house.reattributors.inPeriod(other, '2026-03' as Period)).toMatchObject([{ by: 'person:finance' }]);
    expect(await made('2026-03')).toEqual([]);
    expect(await monthOf(programId, 'REATTRIBUTED', '2026-01')).toEqual([]);
  });

  it('leaves to a closed month what it has read', async () => {
    const programId = aShop();
    await house.recordConversion(aSaleInput({ programId, partnerId: 'mira', customerId: EMAIL_OF_MIRA }));
    await house.recordRefund(aRefundInput({ programId }));
    await STEPS.close(house, programId);
    await house.reattribute(aReattributionInput({ programId }));
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual(['o1', 'r1']);
    for await (const former of house.facts.conversions(programId, 'mira', '2026-01' as Period))
      expect(former).toMatchObject({ earnsNothing: 'self_referral', nettedMinor: 4_00n, partnerId: 'mira' });
    expect(await monthOf(programId, 'noor', '2026-03')).toEqual(['o1', 'r1']);
    expect((await house.conversions.findOrder(programId, 'o1'))?.refunds).toHaveLength(1);
  });

  it('saves nothing when the sale changed since it was read', async () => {
    const programId = aShop();
    await house.recordConversion(aSaleInput({ programId }));
    const stale = await house.conversions.findOrder(programId, 'o1');
    if (!stale) throw new Error('the sale was recorded');
    await house.recordRefund(aRefundInput({ programId }));
    const record = {
      reattributionId: 're1',
      sequence: 1,
      at: instant('2026-01-16T00:00:00Z'),
      by: 'person:manager',
      reason: 'Late',
      before: { partnerId: undefined, period: '2026-01' as Period, nettedMinor: 0n, refunds: [] },
      after: { partnerId: 'noor', period: '2026-01' as Period, nettedMinor: 0n, refunds: [] },
    };
    const conversion = { ...stale.conversion, partnerId: 'noor', reattributions: 1 };
    const change = { record, conversion, refunds: [], former: { refunds: [] } };
    expect(await house.reattributions.save(stale, change)).toBe('contended');
    const order = await house.conversions.findOrder(programId, 'o1');
    expect([order?.conversion.partnerId, order?.reattributions]).toEqual([undefined, []]);
  });

  it('never loses a refund that comes at the same time', async () => {
    const programId = aShop();
    await house.recordConversion(aSaleInput({ programId }));
    const refunds = Array.from({ length: 6 }, (_, index) =>
      house.recordRefund(aRefundInput({ programId, refundId: `r${index}`, amountMinor: 1_00n })),
    );
    const moves = ['noor', 'mira', 'noor'].map((partnerId, index) =>
      house.reattribute(aReattributionInput({ programId, partnerId, reattributionId: `re${index}` })),
    );
    await Promise.allSettled([...refunds, ...moves]);
    const order = await house.conversions.findOrder(programId, 'o1');
    expect(order?.refunds).toHaveLength(6);
    expect(order?.conversion).toMatchObject({ refundedMinor: 6_00n, nettedMinor: 6_00n });
    expect(new Set(order?.refunds.map(({ partnerId }) => partnerId))).toEqual(new Set([order?.conversion.partnerId]));
    expect(await monthOf(programId, order?.conversion.partnerId, '2026-01')).toHaveLength(7);
    const other = order?.conversion.partnerId === 'noor' ? 'mira' : 'noor';
    expect([
      ...(await monthOf(programId, other, '2026-01')),
      ...(await monthOf(programId, undefined, '2026-01')),
    ]).toEqual([]);
  });
});
