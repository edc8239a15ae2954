import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderDispute } from '#shared/application/payouts/explain/explain-ports';
import type { DisputeDecision } from '#shared/domain/partner/dispute';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import {
  aReattributionInput,
  aReferralsHouse,
  aRefundInput,
  aSaleInput,
  EMAIL_OF_MIRA,
} from '#test/support/referrals-house';

type House = ReturnType<typeof aReferralsHouse>;
const close = (house: House, through: string): void =>
  house.programs.set(aProgram({ closedThrough: through as Period }));

/** What a partner's month reads: the facts that its statement follows from. */
async function monthOf({ facts }: House, partnerId: string | undefined, period: Period) {
  const rows: string[] = [];
  for await (const { orderId, nettedMinor, earnsNothing } of facts.conversions('shop', partnerId, period))
    rows.push(`sale ${orderId} ${nettedMinor} ${earnsNothing ?? 'counts'}`);
  for await (const { refundId, amountMinor, late } of facts.refunds('shop', partnerId, period))
    rows.push(`refund ${refundId} ${amountMinor} ${late}`);
  return rows;
}

describe('a sale that a dispute has paid for', () => {
  const remedy = { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' } as const;
  const decidedAt = instant('2026-02-02T00:00:00Z');
  const granted: DisputeDecision = {
    ...{ number: 1, outcome: 'accepted', remedy, decidedAt },
    ...{ decidedBy: 'person:ada', authority: 'finance' },
  };
  const inDispute = (of: Partial<OrderDispute>): OrderDispute => ({
    ...{ disputeId: 'd1', partnerId: 'mira', kind: 'missing', filedAt: instant('2026-02-01T00:00:00Z') },
    decisions: [granted],
    ...of,
  });
  const trying = async (of: Partial<OrderDispute>) => {
    const house = aReferralsHouse({ disputes: [inDispute(of)] });
    await house.recordConversion(aSaleInput());
    return house;
  };

  it.each([
    ['was carried out', { endedAs: 'carried_out' }],
    ['is being carried out, or waits for its second person', {}],
  ] as const)('by an adjustment that %s is moved only where that is said', async (_, of) => {
    const house = await trying(of);
    await expect(house.reattribute(aReattributionInput())).rejects.toMatchObject({
      code: 'reattribution_refused',
      errors: [{ pointer: 'path:orderId', rule: expect.stringContaining('dispute d1') }],
      extra: { reason: 'dispute_adjusted', disputeIds: ['d1'] },
    });
    const said = { ...aReattributionInput(), despiteAdjustment: true };
    expect((await house.reattribute(said)).order.conversion.partnerId).toBe('noor');
    // A repeat answers the first, whatever was granted since.
    expect(await house.reattribute(aReattributionInput())).toMatchObject({ repeated: true });
  });

  it.each([
    ['was declined', { endedAs: 'declined' }],
    ['was withdrawn', { endedAs: 'withdrawn' }],
    ['waits for an answer', { decisions: [] }],
    ['gives the sale itself', { decisions: [granted, { ...granted, number: 2, remedy: { kind: 'reattribution' } }] }],
  ] as const)('is none where the dispute %s', async (_, of) => {
    const house = await trying(of);
    expect(await house.reattribute(aReattributionInput())).toMatchObject({ repeated: false });
  });
});

describe('re-attributing a sale', () => {
  it('gives an unattributed sale of a closed month to a partner in the first open one', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    close(house, '2026-02');
    const { order, reattribution, repeated } = await house.reattribute(aReattributionInput());
    expect(repeated).toBe(false);
    expect(order.conversion).toMatchObject({ partnerId: 'noor', period: '2026-03', firstPurchasePeriod: '2026-01' });
    expect(order.conversion.attribution).toMatchObject({ touches: [], why: 'no_touch' });
    expect(reattribution).toMatchObject({
      sequence: 1,
      by: 'person:manager',
      before: { partnerId: undefined, period: '2026-01' },
      after: { partnerId: 'noor', period: '2026-03' },
    });
    expect(await monthOf(house, 'noor', '2026-03' as Period)).toEqual(['sale o1 0 counts']);
    expect(await monthOf(house, undefined, '2026-01' as Period)).toEqual([]);
  });

  it('leaves it in its own month while that is open, and takes it from the partner who had it', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    await house.recordRefund(aRefundInput());
    const { order } = await house.reattribute(aReattributionInput());
    expect(order.conversion).toMatchObject({ partnerId: 'noor', period: '2026-01', nettedMinor: 4_00n });
    expect(await monthOf(house, 'mira', '2026-01' as Period)).toEqual([]);
    expect(await monthOf(house, 'noor', '2026-01' as Period)).toEqual(['sale o1 400 counts', 'refund r1 400 false']);
  });

  it('stamps earlier refunds anew: what came late for the old month is in time for the new one', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    await house.recordRefund(aRefundInput({ occurredAt: instant('2026-02-03T00:00:00Z') }));
    await house.recordRefund(
      aRefundInput({ refundId: 'r2', amountMinor: 1_00n, occurredAt: instant('2026-05-03T00:00:00Z') }),
    );
    close(house, '2026-03');
    const { order } = await house.reattribute(aReattributionInput());
    expect(order.refunds.map(({ period, late }) => [period, late])).toEqual([
      ['2026-04', false],
      ['2026-05', true],
    ]);
    expect(order.conversion.nettedMinor).toBe(4_00n);
    const { refund } = await house.recordRefund(
      aRefundInput({ refundId: 'r3', amountMinor: 1_00n, occurredAt: instant('2026-04-20T00:00:00Z') }),
    );
    expect(refund).toMatchObject({ partnerId: 'noor', period: '2026-04', late: false });
  });

  it('moves a self-referral to another partner, and its closed month keeps what it read', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput({ partnerId: 'mira', customerId: EMAIL_OF_MIRA }));
    await house.recordRefund(aRefundInput({ occurredAt: instant('2026-02-03T00:00:00Z') }));
    close(house, '2026-02');
    const [january, february] = ['2026-01' as Period, '2026-02' as Period];
    const before = [await monthOf(house, 'mira', january), await monthOf(house, 'mira', february)];
    const { order } = await house.reattribute(aReattributionInput());
    expect(order.conversion).not.toHaveProperty('earnsNothing');
    expect([await monthOf(house, 'mira', january), await monthOf(house, 'mira', february)]).toEqual(before);
    expect(await monthOf(house, 'noor', '2026-03' as Period)).toEqual(['sale o1 400 counts', 'refund r1 400 false']);
  });

  it('never moves a first purchase: a later sale of the customer stays the later one', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    close(house, '2026-02');
    await house.reattribute(aReattributionInput());
    await house.recordConversion(
      aSaleInput({ orderId: 'o2', partnerId: 'mira', occurredAt: instant('2026-03-02T00:00:00Z') }),
    );
    expect((await house.facts.firstPurchases('shop', ['c1'])).get('c1')?.orderId).toBe('o1');
  });

  it('does it once however often the same request comes, also at once', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    const [first, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => house.reattribute(aReattributionInput())),
    );
    for (const other of others) expect(other?.reattribution).toEqual(first?.reattribution);
    expect((await house.conversions.findOrder('shop', 'o1'))?.reattributions).toHaveLength(1);
  });

  it.each([
    ['month_closed', { partnerId: 'mira' }, {}, '2026-01'],
    ['same_partner', { partnerId: 'noor' }, {}, '2025-12'],
    ['self_referral', { customerId: EMAIL_OF_MIRA }, { partnerId: 'mira' }, '2026-01'],
    ['own_partner', {}, { ownPartners: ['noor'] }, '2025-12'],
  ])('refuses with %s and says what to do instead', async (reason, sale, asked, closedThrough) => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput(sale));
    close(house, closedThrough);
    const before = await house.conversions.findOrder('shop', 'o1');
    await expect(house.reattribute(aReattributionInput(asked))).rejects.toMatchObject({
      code: 'reattribution_refused',
      extra: { reason },
    });
    expect(await house.conversions.findOrder('shop', 'o1')).toEqual(before);
  });

  it('refuses an order or a partner that does not exist', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    await expect(house.reattribute(aReattributionInput({ orderId: 'none' }))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(house.reattribute(aReattributionInput({ partnerId: 'nobody' }))).rejects.toMatchObject({
      code: 'unknown_partner',
    });
  });

  it('refuses an order with more refunds than one transaction moves', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    for (let index = 0; index <= 40; index += 1)
      await house.recordRefund(aRefundInput({ refundId: `r${index}`, amountMinor: 1n }));
    await expect(house.reattribute(aReattributionInput())).rejects.toMatchObject({
      extra: { reason: 'too_many_refunds' },
    });
  });
});

const PARTNERS = [undefined, 'mira', 'noor'] as const;
const day = fc.integer({ min: 1, max: 28 }).map((date) => String(date).padStart(2, '0'));
const month = fc.constantFrom('2026-01', '2026-02', '2026-03');
const order = fc.constantFrom('o1', 'o2', 'o3');
const at = fc.tuple(month, day).map(([of, on]) => instant(`${of}-${on}T12:00:00Z`));
const step = fc.oneof(
  fc.record({
    kind: fc.constant('sale' as const),
    order,
    at,
    partnerId: fc.constantFrom(...PARTNERS),
    customerId: fc.constantFrom('c1', 'c2', EMAIL_OF_MIRA),
  }),
  fc.record({ kind: fc.constant('refund' as const), order, at, amount: fc.bigInt({ min: 1n, max: 600n }) }),
  fc.record({ kind: fc.constant('move' as const), order, partnerId: fc.constantFrom('mira', 'noor') }),
  fc.record({ kind: fc.constant('close' as const) }),
);

describe('any history of sales, refunds, re-attributions and closes', () => {
  it('counts each sale in exactly one month of one partner, and no closed month changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const house = aReferralsHouse();
        const closed = new Map<string, string[]>();
        let through = '2025-12' as Period;
        const ignore = (): void => undefined;
        for (const [index, taken] of steps.entries()) {
          const id = `${taken.kind}-${index}`;
          if (taken.kind === 'close') {
            through = nextPeriod(through);
            close(house, through);
            for (const partnerId of ['mira', 'noor'])
              closed.set(`${partnerId} ${through}`, await monthOf(house, partnerId, through));
          } else if (taken.kind === 'sale') {
            const { order: orderId, at: occurredAt, partnerId, customerId } = taken;
            await house.recordConversion(aSaleInput({ orderId, occurredAt, partnerId, customerId })).catch(ignore);
          } else if (taken.kind === 'refund') {
            const { order: orderId, at: occurredAt, amount } = taken;
            const refund = aRefundInput({ orderId, occurredAt, refundId: id, amountMinor: amount });
            await house.recordRefund(refund).catch(ignore);
          } else {
            const { order: orderId, partnerId } = taken;
            await house.reattribute(aReattributionInput({ orderId, partnerId, reattributionId: id })).catch(ignore);
          }
        }
        const counted: string[] = [];
        const seen: string[] = [];
        for (let period = '2026-01' as Period; period < '2027-06'; period = nextPeriod(period)) {
          for (const partnerId of PARTNERS) {
            for await (const sale of house.facts.conversions('shop', partnerId, period)) {
              const isPresent = (await house.conversions.find('shop', sale.orderId))?.partnerId === partnerId;
              if (isPresent) seen.push(sale.orderId);
              if (sale.earnsNothing === undefined) counted.push(sale.orderId);
            }
          }
        }
        for (const orderId of ['o1', 'o2', 'o3']) {
          const found = await house.conversions.findOrder('shop', orderId);
          if (!found) continue;
          const { conversion, refunds } = found;
          expect(counted.filter((one) => one === orderId)).toHaveLength(conversion.earnsNothing ? 0 : 1);
          expect(seen.filter((one) => one === orderId)).toHaveLength(1);
          const sumOf = (all: typeof refunds): bigint => all.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
          expect(conversion.refundedMinor).toBe(sumOf(refunds));
          expect(conversion.nettedMinor).toBe(sumOf(refunds.filter(({ late }) => !late)));
          for (const refund of refunds) expect(refund.late).toBe(refund.period > conversion.period);
        }
        for (const [key, rows] of closed) {
          const [partnerId, period] = key.split(' ');
          expect(await monthOf(house, partnerId, period as Period)).toEqual(rows);
        }
      }),
      { numRuns: 150 },
    );
  });
});
