import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeFraudLooks } from '#shared/adapters/dynamodb/referrals/holds/fraud-looks';
import { makeHeldSalesReader } from '#shared/adapters/dynamodb/referrals/holds/held-sales';
import { makeHoldStore } from '#shared/adapters/dynamodb/referrals/holds/holds';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import type { HoldStore } from '#shared/application/referrals/holds/hold-ports';
import type { FraudLooks } from '#shared/application/referrals/sales/check-sale';
import type { Instant, Period } from '#shared/domain/time/instant';
import { ACCOUNT_OF_MIRA, aDecisionInput, aHoldHouse } from '#test/support/builders/holds';
import { instant } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { type FakeReferrals, makeFakeReferrals } from '#test/support/fakes/referrals';
import { aReattributionInput, aRefundInput, aSaleInput, NOW } from '#test/support/referrals-house';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

type Stores = FakeReferrals & { readonly holds: HoldStore; readonly looks: FraudLooks };

const implementations: readonly [string, () => Stores][] = [
  [
    'on the engine',
    () => ({
      conversions: makeConversionStore(table),
      refunds: makeRefundStore(table),
      reattributions: makeReattributionStore(table),
      facts: makeReferralFacts(table),
      reattributors: makeReattributorsReader(table),
      holds: makeHoldStore(table),
      looks: makeFraudLooks(table),
    }),
  ],
  ['in memory', makeFakeReferrals],
];

async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of found) items.push(item);
  return items;
}

type House = ReturnType<typeof aHoldHouse>;

/** A sale that its partner paid from its own account. */
const suspicious = (programId: string, overrides: Parameters<typeof aSaleInput>[0] = {}) =>
  aSaleInput({ programId, partnerId: 'mira', paymentHash: ACCOUNT_OF_MIRA, ...overrides });

describe.each(implementations)('held sales %s', (name, make) => {
  let house: House;
  let shops = 0;
  const aShop = (overrides: Parameters<typeof aProgram>[0] = {}): string => {
    const programId = `holds-${name.replaceAll(' ', '-')}-${++shops}`;
    house.programs.set(aProgram({ programId, ...overrides }));
    return programId;
  };
  beforeAll(() => {
    house = aHoldHouse(make());
  });
  const closeThrough = (programId: string, period: string): void =>
    house.programs.set(aProgram({ programId, closedThrough: period as Period }));
  const monthOf = async (programId: string, partnerId: string, period: string): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for await (const { orderId, earnsNothing } of house.facts.conversions(programId, partnerId, period as Period)) {
      rows.push([orderId, earnsNothing]);
    }
    for await (const { refundId, late } of house.facts.refunds(programId, partnerId, period as Period)) {
      rows.push([refundId, late]);
    }
    return rows;
  };
  const listed = async (programId: string, status: 'open' | 'escalated' | 'released' | 'voided', partnerId?: string) =>
    (await house.holds.list({ programId, status, partnerId }, { limit: 10 })).items.map(({ orderId }) => orderId);

  it('begins together with the sale, which earns nothing and keeps its partner and month', async () => {
    const programId = aShop();
    const { conversion } = await house.recordConversion(suspicious(programId));
    expect(conversion).toMatchObject({ partnerId: 'mira', period: '2026-01', earnsNothing: 'fraud_hold' });
    expect(conversion.holdUntil).toBe(new Date(NOW + 14 * 86_400_000).toISOString());
    const order = await house.conversions.findOrder(programId, 'o1');
    expect(order?.hold).toMatchObject({ status: 'open', partnerIds: ['mira'], period: '2026-01', amountMinor: 10_00n });
    expect(order?.hold?.signals).toEqual([
      {
        code: 'self_referral',
        action: 'hold',
        evidence: 'The buyer paid from the account that the partner is paid into.',
      },
    ]);
    expect(await listed(programId, 'open')).toEqual(['o1']);
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual([['o1', 'fraud_hold']]);
    const again = await house.recordConversion(suspicious(programId));
    expect([again.repeated, again.conversion.signals]).toEqual([true, conversion.signals]);
  });

  it('released in its open month, the sale earns there', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    const order = await house.decide(aDecisionInput({ programId }));
    expect(order.conversion).toMatchObject({ period: '2026-01', partnerId: 'mira' });
    expect(order.conversion.earnsNothing).toBeUndefined();
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual([['o1', undefined]]);
    expect([await listed(programId, 'open'), await listed(programId, 'released')]).toEqual([[], ['o1']]);
  });

  it('released after its month closed, it is paid in the first open one, and once', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    await house.recordRefund(aRefundInput({ programId, occurredAt: instant('2026-02-02T00:00:00Z') }));
    closeThrough(programId, '2026-02');
    const { conversion } = await house.decide(aDecisionInput({ programId }));
    expect(conversion).toMatchObject({ period: '2026-03', firstPurchasePeriod: '2026-01', nettedMinor: 4_00n });
    // What the closed months have read stays: a held sale and a refund of nothing earned.
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual([['o1', 'fraud_hold']]);
    expect(await monthOf(programId, 'mira', '2026-02')).toEqual([['r1', true]]);
    expect(await monthOf(programId, 'mira', '2026-03')).toEqual([
      ['o1', undefined],
      ['r1', false],
    ]);
  });

  it('voided, it never earns, and a refund of it still nets', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    await house.decide(aDecisionInput({ programId, decision: 'void', reason: 'The partner bought it' }));
    await house.recordRefund(aRefundInput({ programId }));
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual([
      ['o1', 'fraud_void'],
      ['r1', false],
    ]);
    expect(await listed(programId, 'voided', 'mira')).toEqual(['o1']);
    expect(await listed(programId, 'voided', 'noor')).toEqual([]);
  });

  it('keeps the decision on the record, apart from re-attributions, and answers a repeat the same', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    const input = aDecisionInput({ programId });
    const first = await house.decide(input);
    const again = await house.decide(input);
    expect(again.hold).toEqual(first.hold);
    expect(again.reattributions).toEqual([]);
    expect(again.holdRecords).toMatchObject([
      { kind: 'release', by: 'person:manager', reason: 'The customer is real', before: { earnsNothing: 'fraud_hold' } },
    ]);
    expect(again.conversion).toMatchObject({ reattributions: 1, holdChanges: 1 });
  });

  it('takes another decision under the same key for no repeat', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    await house.decide(aDecisionInput({ programId }));
    await expect(house.decide(aDecisionInput({ programId, decision: 'void' }))).rejects.toMatchObject({
      code: 'hold_refused',
      extra: { holdStatus: 'released' },
    });
  });

  it('a second manager is refused, whoever comes first', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    const outcomes = await Promise.allSettled([
      house.decide(aDecisionInput({ programId, decisionId: 'd1' })),
      house.decide(aDecisionInput({ programId, decisionId: 'd2', decision: 'void', by: 'person:other' })),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [lost] = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(lost?.reason).toMatchObject({ code: 'hold_refused' });
    expect((await house.conversions.findOrder(programId, 'o1'))?.holdRecords).toHaveLength(1);
  });

  it('a release and a refund at the same moment leave the same as one after the other', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    await Promise.all([house.decide(aDecisionInput({ programId })), house.recordRefund(aRefundInput({ programId }))]);
    const order = await house.conversions.findOrder(programId, 'o1');
    expect(order?.conversion).toMatchObject({ nettedMinor: 4_00n, refundedMinor: 4_00n, period: '2026-01' });
    expect(order?.hold?.status).toBe('released');
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual([
      ['o1', undefined],
      ['r1', false],
    ]);
  });

  it('tells by its month who released a sale, and nobody who voided one', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    await house.recordConversion(suspicious(programId, { orderId: 'o2' }));
    await house.decide(aDecisionInput({ programId }));
    await house.decide(aDecisionInput({ programId, orderId: 'o2', decision: 'void', by: 'person:strict' }));
    expect(await house.reattributors.inPeriod(programId, '2026-01' as Period)).toEqual([
      { by: 'person:manager', at: expect.any(String), kind: 'release' },
    ]);
  });

  it('cannot be given to another partner while it is held', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    const refused = house.reattribute(aReattributionInput({ programId }));
    await expect(refused).rejects.toMatchObject({ code: 'reattribution_refused', extra: { reason: 'held' } });
    await house.decide(aDecisionInput({ programId, decision: 'void' }));
    const { order } = await house.reattribute(aReattributionInput({ programId }));
    expect(order.conversion.partnerId).toBe('noor');
    expect(order.conversion.earnsNothing).toBeUndefined();
  });

  it('voided, it comes back to none of its partners by way of another', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    await house.decide(aDecisionInput({ programId, decision: 'void' }));
    await house.reattribute(aReattributionInput({ programId }));
    const back = aReattributionInput({ programId, partnerId: 'mira', reattributionId: 'r-back' });
    await expect(house.reattribute(back)).rejects.toMatchObject({
      code: 'reattribution_refused',
      extra: { reason: 'voided' },
    });
    expect(await monthOf(programId, 'mira', '2026-01')).toEqual([]);
  });

  it('escalates once, waits on, and can still be decided', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId));
    const late = new Date(NOW + 15 * 86_400_000).toISOString() as Instant;
    const overdue = await all(house.holds.overdue(programId, late));
    expect(overdue.map(({ orderId }) => orderId)).toEqual(['o1']);
    const [hold] = overdue;
    if (!hold) throw new Error('no hold is overdue');
    expect(await house.holds.escalate(hold, late)).toBe('done');
    expect(await house.holds.escalate(hold, late)).toBe('changed');
    expect(await all(house.holds.overdue(programId, late))).toEqual([]);
    expect(await listed(programId, 'escalated')).toEqual(['o1']);
    const { hold: decided } = await house.decide(aDecisionInput({ programId }));
    expect(decided).toMatchObject({ status: 'released', escalatedAt: late });
    expect(await house.holds.find(programId, 'o1')).toEqual(decided);
  });

  it('a hold of a split sale covers every part, and its release frees every part', async () => {
    const programId = aShop();
    const credits = [
      { partnerId: 'mira', shareBps: 7_000 },
      { partnerId: 'noor', shareBps: 3_000 },
    ];
    await house.recordConversion(suspicious(programId, { partnerId: undefined, credits }));
    await house.recordRefund(aRefundInput({ programId }));
    expect((await house.holds.find(programId, 'o1'))?.partnerIds).toEqual(['mira', 'noor']);
    for (const partnerId of ['mira', 'noor']) {
      expect(await monthOf(programId, partnerId, '2026-01')).toEqual([
        ['o1', 'fraud_hold'],
        ['r1', false],
      ]);
    }
    closeThrough(programId, '2026-01');
    await house.decide(aDecisionInput({ programId }));
    for (const partnerId of ['mira', 'noor']) {
      expect(await monthOf(programId, partnerId, '2026-01')).toEqual([
        ['o1', 'fraud_hold'],
        ['r1', false],
      ]);
      expect(await monthOf(programId, partnerId, '2026-02')).toEqual([
        ['o1', undefined],
        ['r1', false],
      ]);
    }
  });

  it('counts sales of one customer by when they occurred, and looks at no more than it must', async () => {
    const fraud = { ...aProgram().fraud, velocity: 'hold' as const, velocityPerCustomer: 2 };
    const programId = aShop({ fraud });
    const outcomes: unknown[] = [];
    for (const second of [0, 10, 20, 90]) {
      const occurredAt = instant(`2026-01-15T12:0${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}Z`);
      const sale = aSaleInput({ programId, orderId: `v${second}`, partnerId: 'noor', occurredAt });
      const { conversion } = await house.recordConversion(sale);
      outcomes.push(conversion.signals?.map(({ code, evidence }) => [code, evidence]));
    }
    const evidence = '3 sales of one customer within 60 seconds; the limit is 2.';
    expect(outcomes).toEqual([undefined, undefined, [['velocity', evidence]], undefined]);
  });

  it('knows the device of a partner that bought itself', async () => {
    const programId = aShop();
    await house.recordConversion(suspicious(programId, { deviceHint: 'phone-1' }));
    const sale = aSaleInput({ programId, orderId: 'o2', partnerId: 'mira', customerId: 'c9', deviceHint: ' phone-1' });
    const { conversion } = await house.recordConversion(sale);
    expect(conversion.signals).toMatchObject([{ code: 'self_referral', evidence: expect.stringContaining('device') }]);
    expect(
      JSON.stringify(await house.conversions.findOrder(programId, 'o2'), (_, v) =>
        typeof v === 'bigint' ? `${v}` : v,
      ),
    ).not.toContain('phone-1');
    const other = await house.recordConversion({ ...sale, orderId: 'o3', partnerId: 'noor' });
    expect(other.conversion.signals).toBeUndefined();
  });

  it('keeps an address of a customer as its hash, by which the customer is met again', async () => {
    const programId = aShop();
    const first = await house.recordConversion(aSaleInput({ programId, customerId: 'Kim@Example.com' }));
    const later = aSaleInput({ programId, orderId: 'o2', customerId: 'kim@example.com' });
    const second = await house.recordConversion(later);
    expect(first.conversion.customerId).toBe(digest('kim@example.com'));
    expect(second.conversion.customerId).toBe(first.conversion.customerId);
    const self = await house.recordConversion(
      aSaleInput({ programId, orderId: 'o3', partnerId: 'mira', customerId: 'Mira@partners.example' }),
    );
    expect(self.conversion.earnsNothing).toBe('self_referral');
  });
});

describe('the reader of held sales', () => {
  it('tells what waits in a month, with its reasons', async () => {
    const house = aHoldHouse({ ...(implementations[0]?.[1]() as Stores) });
    const programId = 'held-sales-reader';
    house.programs.set(aProgram({ programId }));
    await house.recordConversion(suspicious(programId));
    await house.recordConversion(suspicious(programId, { orderId: 'o2' }));
    await house.decide(aDecisionInput({ programId, orderId: 'o2' }));
    const reader = makeHeldSalesReader(table);
    expect(await reader.inPeriod(programId, '2026-01' as Period)).toEqual([
      { partnerIds: ['mira'], currency: 'GBP', amountMinor: 10_00n, reasons: ['self_referral'] },
    ]);
    expect(await reader.inPeriod(programId, '2026-02' as Period)).toEqual([]);
  });
});
