import { describe, expect, it } from 'vitest';
import type { Program } from '#shared/application/programs';
import { makeHoldSale } from '#shared/application/referrals/holds/hold-sale';
import type { PartnerSignal } from '#shared/application/referrals/holds/partner-signals';
import { makeReviewPartners } from '#shared/application/referrals/holds/review-partners';
import { flaggedAnomalies, heldAnomalies } from '#shared/domain/run/held-anomalies';
import type { Period } from '#shared/domain/time/instant';
import { aDecisionInput, aHoldHouse } from '#test/support/builders/holds';
import { instant } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aRefundInput, aSaleInput, NOW } from '#test/support/referrals-house';

const RULES = { refundRateMinSales: 4, refundRateMaxBps: 5_000, refundRate: 'hold' as const };

/** Mira with four sales in January, three of which were given back. */
async function aShop(program: Partial<Program> = {}, samePayeeAs: readonly string[] = []) {
  const stores = makeFakeReferrals();
  const house = aHoldHouse(stores);
  const today = aProgram({ fraud: { ...aProgram().fraud, ...RULES }, ...program });
  house.programs.set(today);
  const kept: PartnerSignal[] = [];
  let day: string | undefined;
  let outages = 0;
  for (const [index, orderId] of ['o1', 'o2', 'o3', 'o4'].entries()) {
    const occurredAt = instant(`2026-01-1${index}T00:00:00Z`);
    await house.recordConversion(aSaleInput({ orderId, partnerId: 'mira', occurredAt, customerId: `of-${orderId}` }));
    if (index < 3) await house.recordRefund(aRefundInput({ orderId, refundId: `r${index}` }));
  }
  const retry = { pause: async () => {}, random: () => 0.5 };
  const clock = (): number => NOW;
  const holdSale = makeHoldSale({ ...stores, programs: house.programs, clock, ...retry });
  const asked: string[] = [];
  const review = makeReviewPartners({
    programs: {
      ...house.programs,
      list: async function* () {
        yield today;
      },
    },
    partners: { listIds: async () => ['mira', 'noor'] },
    accounts: {
      of: async (_programId, partnerId) => {
        if (outages-- > 0) throw new Error('the table is away');
        return partnerId === 'mira' ? { accountHash: 'a', samePayeeAs } : undefined;
      },
    },
    facts: stores.facts,
    found: {
      keep: async (_programId, signal) => void kept.push(signal),
      list: async () => kept,
      reviewedOn: async () => day,
      markReviewed: async (_programId, on) => {
        day = on;
      },
    },
    holdSale: (input) => {
      asked.push(input.orderId);
      return holdSale(input);
    },
    clock,
    log: { info() {}, warn() {}, error() {} },
  });
  const reasons = async (): Promise<unknown[]> => {
    const orders = ['o1', 'o2', 'o3', 'o4'].map((orderId) => house.conversions.find('shop', orderId));
    return (await Promise.all(orders)).map((sale) => sale?.earnsNothing);
  };
  const tomorrow = (): void => {
    day = undefined;
  };
  return { house, kept, review, reasons, asked, tomorrow, fail: (count: number) => (outages = count) };
}

describe('the daily review of partners', () => {
  it('finds a partner whose sales come back, and holds what is open', async () => {
    const { house, kept, review, reasons } = await aShop();
    expect(await review()).toEqual({ reviewed: 1, failed: 0 });
    const evidence = '3 of 4 sales of the last 3 months were given back or charged back, 75 %; the limit is 50 %.';
    expect(kept).toMatchObject([{ partnerId: 'mira', code: 'refund_rate', action: 'hold', evidence }]);
    expect(await reasons()).toEqual(['fraud_hold', 'fraud_hold', 'fraud_hold', 'fraud_hold']);
    const order = await house.conversions.findOrder('shop', 'o1');
    expect(order?.hold).toMatchObject({ status: 'open', signals: [{ code: 'refund_rate' }] });
    expect(order?.holdRecords).toMatchObject([{ kind: 'hold', by: 'system:fraud-review', reason: evidence }]);
    expect(order?.reattributions).toEqual([]);
    expect(await house.reattributors.inPeriod('shop', '2026-01' as Period)).toEqual([]);
  });

  it('looks once a day, and never holds again what somebody decided', async () => {
    const first = await aShop();
    await first.review();
    expect(await first.review()).toEqual({ reviewed: 0, failed: 0 });
    await first.house.decide(aDecisionInput({ orderId: 'o1' }));
    const retry = { pause: async () => {}, random: () => 0.5 };
    const { house } = first;
    const hold = makeHoldSale({ ...house, programs: house.programs, clock: () => NOW, ...retry });
    const signal = { code: 'refund_rate', action: 'hold', evidence: 'again' } as const;
    expect(await hold({ programId: 'shop', orderId: 'o1', signal })).toBe('left');
    expect(await first.reasons()).toEqual([undefined, 'fraud_hold', 'fraud_hold', 'fraud_hold']);
  });

  it('passes over what was released, so that it never stands in the way of sales that came since', async () => {
    const { house, review, asked, tomorrow } = await aShop();
    await review();
    for (const orderId of ['o1', 'o2', 'o3']) await house.decide(aDecisionInput({ orderId, decisionId: orderId }));
    const occurredAt = instant('2026-01-14T00:00:00Z');
    await house.recordConversion(aSaleInput({ orderId: 'o5', partnerId: 'mira', occurredAt, customerId: 'of-o5' }));
    tomorrow();
    await review();
    expect(asked).toEqual(['o1', 'o2', 'o3', 'o4', 'o5']);
  });

  it('counts of the refunds those of the sales that it counts', async () => {
    const { house, kept, review } = await aShop({ closedThrough: '2025-05' as Period });
    for (const orderId of ['old1', 'old2']) {
      const occurredAt = instant('2025-06-10T00:00:00Z');
      await house.recordConversion(aSaleInput({ orderId, partnerId: 'mira', occurredAt, customerId: `of-${orderId}` }));
      await house.recordRefund(aRefundInput({ orderId, refundId: `r-${orderId}` }));
    }
    await review();
    expect(kept.map(({ evidence }) => evidence.slice(0, 12))).toEqual(['3 of 4 sales']);
  });

  it('finds open sales however far the books are behind', async () => {
    const { review, reasons } = await aShop({ closedThrough: '2020-12' as Period });
    await review();
    expect(await reasons()).toEqual(['fraud_hold', 'fraud_hold', 'fraud_hold', 'fraud_hold']);
  });

  it('leaves closed months alone and flags the partner', async () => {
    const { house, kept, review, reasons } = await aShop();
    house.programs.set(aProgram({ fraud: { ...aProgram().fraud, ...RULES }, closedThrough: '2026-01' as Period }));
    await review();
    expect(kept.map(({ code }) => code)).toEqual(['refund_rate']);
    expect(await reasons()).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('only flags where the programme says so, or looks for nothing', async () => {
    const flagging = await aShop({ fraud: { ...aProgram().fraud, ...RULES, refundRate: 'flag' } }, ['noor']);
    await flagging.review();
    expect(flagging.kept.map(({ code, action }) => [code, action])).toEqual([
      ['same_payee_on_two_partners', 'flag'],
      ['refund_rate', 'flag'],
    ]);
    expect(await flagging.reasons()).toEqual([undefined, undefined, undefined, undefined]);
    const off = await aShop({ fraud: { ...aProgram().fraud, ...RULES, refundRate: 'off', samePayee: 'off' } });
    expect(await off.review()).toEqual({ reviewed: 0, failed: 0 });
  });

  it('is looked at again when it fails', async () => {
    const { review, fail } = await aShop();
    fail(1);
    expect(await review()).toEqual({ reviewed: 0, failed: 1 });
    expect(await review()).toEqual({ reviewed: 1, failed: 0 });
  });
});

describe('what the approvers of a run see of it', () => {
  it('sums held sales by partner and currency, with every reason', () => {
    const held = { currency: 'GBP', amountMinor: 5_00n };
    expect(
      heldAnomalies([
        { ...held, partnerIds: ['noor'], reasons: ['velocity'] },
        { ...held, partnerIds: ['mira', 'noor'], reasons: ['self_referral'] },
      ]),
    ).toEqual([
      {
        kind: 'sales_held',
        partnerId: 'noor',
        currency: 'GBP',
        count: 2,
        amountMinor: 10_00n,
        reasons: ['self_referral', 'velocity'],
      },
      {
        kind: 'sales_held',
        partnerId: 'mira',
        currency: 'GBP',
        count: 1,
        amountMinor: 5_00n,
        reasons: ['self_referral'],
      },
    ]);
  });

  it('names partners that were found wanting since the run before', () => {
    const since = instant('2026-01-10T00:00:00Z');
    const found = [
      { partnerId: 'noor', code: 'refund_rate', foundAt: instant('2026-01-09T00:00:00Z') },
      { partnerId: 'mira', code: 'refund_rate', foundAt: since },
      { partnerId: 'mira', code: 'same_payee_on_two_partners', foundAt: since },
    ];
    expect(flaggedAnomalies(found, 'GBP', since)).toEqual([
      {
        kind: 'partner_flagged',
        currency: 'GBP',
        partnerId: 'mira',
        reasons: ['refund_rate', 'same_payee_on_two_partners'],
      },
    ]);
  });
});
