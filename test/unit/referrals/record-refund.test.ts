import { describe, expect, it } from 'vitest';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { aReferralsHouse, aRefundInput, aSaleInput } from '#test/support/referrals-house';

async function aHouseWithASale() {
  const house = aReferralsHouse();
  await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
  return house;
}

describe('recording a refund', () => {
  it('takes partner and currency from its order and nets it in its own period', async () => {
    const house = await aHouseWithASale();
    const { refund } = await house.recordRefund(aRefundInput());
    expect(refund).toMatchObject({ partnerId: 'mira', currency: 'GBP', period: '2026-01', late: false });
    expect((await house.conversions.find('shop', 'o1'))?.nettedMinor).toBe(4_00n);
  });

  it('is late in a later month, and when its own month is closed', async () => {
    const house = await aHouseWithASale();
    const february = await house.recordRefund(aRefundInput({ occurredAt: instant('2026-02-01T00:00:00Z') }));
    house.programs.set(aProgram({ closedThrough: '2026-02' as Period }));
    const closed = await house.recordRefund(aRefundInput({ refundId: 'r2' }));
    expect([february.refund.period, february.refund.late]).toEqual(['2026-02', true]);
    expect([closed.refund.period, closed.refund.late]).toEqual(['2026-03', true]);
    expect(await house.conversions.find('shop', 'o1')).toMatchObject({ nettedMinor: 0n, refundedMinor: 8_00n });
  });

  it('knows no hold: a refund of a held sale is in time even a month later', async () => {
    const house = aReferralsHouse();
    house.programs.set(aProgram({ holdDays: 60 }));
    await house.recordConversion(aSaleInput());
    const { refund } = await house.recordRefund(aRefundInput({ occurredAt: instant('2026-03-10T00:00:00Z') }));
    expect([refund.period, refund.late]).toEqual(['2026-03', false]);
  });

  it('needs its order in this programme', async () => {
    const house = await aHouseWithASale();
    for (const stranger of [{ orderId: 'none' }, { programId: 'other-shop' }]) {
      await expect(house.recordRefund(aRefundInput(stranger))).rejects.toMatchObject({
        code: 'unknown_order',
        errors: [{ pointer: '/orderId' }],
      });
    }
  });

  it('refuses whole what would exceed the sale, by its field, and stores nothing', async () => {
    const house = await aHouseWithASale();
    await house.recordRefund(aRefundInput());
    await expect(house.recordRefund(aRefundInput({ refundId: 'r2', amountMinor: 6_01n }))).rejects.toMatchObject({
      code: 'refund_exceeds_sale',
      errors: [{ pointer: '/amountMinor' }],
    });
    expect((await house.conversions.findOrder('shop', 'o1'))?.refunds).toHaveLength(1);
    await house.recordRefund(aRefundInput({ refundId: 'r2', amountMinor: 6_00n }));
    expect((await house.conversions.find('shop', 'o1'))?.refundedMinor).toBe(10_00n);
  });

  it('answers a repeat with the first record, even when the sale is used up, and refuses other content', async () => {
    const house = await aHouseWithASale();
    const first = await house.recordRefund(aRefundInput({ amountMinor: 10_00n }));
    const again = await house.recordRefund(aRefundInput({ amountMinor: 10_00n }));
    expect(again).toEqual({ refund: first.refund, repeated: true });
    await house.recordConversion(aSaleInput({ orderId: 'o2' }));
    for (const change of [{ amountMinor: 1n }, { kind: 'chargeback' as const }, { orderId: 'o2' }]) {
      await expect(house.recordRefund(aRefundInput({ amountMinor: 10_00n, ...change }))).rejects.toMatchObject({
        code: 'refund_conflict',
      });
    }
  });
});
