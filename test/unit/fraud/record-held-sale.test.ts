import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import type { Period } from '#shared/domain/time/instant';
import { ACCOUNT_OF_MIRA, aDecisionInput, aHoldHouse, partnersWithAccounts } from '#test/support/builders/holds';
import { aProgram } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aSaleInput, EMAIL_OF_MIRA } from '#test/support/referrals-house';

const fraud = aProgram().fraud;

describe('looking at a sale while it is recorded', () => {
  it('stamps the month after it has looked: a close that begins meanwhile is seen', async () => {
    const stores = makeFakeReferrals();
    const { between } = stores.looks.recentSales;
    const closing = aProgram({ closedThrough: '2026-01' as Period });
    const looks = {
      ...stores.looks,
      recentSales: {
        between: (...asked: Parameters<typeof between>) => {
          house.programs.set(closing);
          return between(...asked);
        },
      },
    };
    const house = aHoldHouse({ ...stores, looks });
    const { conversion } = await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    expect(conversion.period).toBe('2026-02');
  });

  it('reads nothing for a signal that nobody looks for, and of an honest sale keeps nothing', async () => {
    const stores = makeFakeReferrals();
    const asked: string[] = [];
    const looks = {
      recentSales: {
        between: async () => {
          asked.push('sales');
          return [];
        },
      },
      devices: {
        has: async () => {
          asked.push('device');
          return false;
        },
        remember: async () => void asked.push('write'),
      },
    };
    const house = aHoldHouse({ ...stores, looks });
    const { conversion } = await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    expect([asked, 'signals' in conversion, 'holdUntil' in conversion]).toEqual([['sales'], false, false]);
    house.programs.set(aProgram({ fraud: { ...fraud, velocity: 'off', selfReferral: 'off' } }));
    await house.recordConversion(aSaleInput({ orderId: 'o2', partnerId: 'mira', deviceHint: 'phone' }));
    await house.recordConversion(aSaleInput({ orderId: 'o3' }));
    expect(asked).toEqual(['sales']);
  });

  it('a hash of the partner’s address is a self-referral: it never earns and needs no hold', async () => {
    const house = aHoldHouse(makeFakeReferrals());
    const sale = aSaleInput({ partnerId: 'mira', customerEmailHash: digest(EMAIL_OF_MIRA).toUpperCase() });
    const { conversion } = await house.recordConversion({ ...sale, paymentHash: ACCOUNT_OF_MIRA });
    expect([conversion.earnsNothing, conversion.signals]).toEqual(['self_referral', undefined]);
    expect(await house.holds.find('shop', 'o1')).toBeUndefined();
  });

  it('an account of two partners is flagged and earns, or is held where the programme says so', async () => {
    const house = aHoldHouse(makeFakeReferrals(), partnersWithAccounts({ mira: { samePayeeAs: ['noor'] } }));
    const flagged = await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    expect(flagged.conversion.signals).toMatchObject([{ code: 'same_payee_on_two_partners', action: 'flag' }]);
    expect(flagged.conversion.earnsNothing).toBeUndefined();
    house.programs.set(aProgram({ fraud: { ...fraud, samePayee: 'hold', holdDeadlineDays: 1 } }));
    const held = await house.recordConversion(aSaleInput({ orderId: 'o2', partnerId: 'mira' }));
    expect(held.conversion).toMatchObject({ earnsNothing: 'fraud_hold', holdUntil: '2026-01-17T00:00:00.000Z' });
  });

  it('the hints are content of the order: the same again is a repeat, others are a conflict', async () => {
    const house = aHoldHouse(makeFakeReferrals());
    const sale = aSaleInput({ partnerId: 'noor', deviceHint: 'phone', paymentHash: digest('x') });
    await house.recordConversion(sale);
    expect((await house.recordConversion(sale)).repeated).toBe(true);
    for (const other of [{ deviceHint: 'tablet' }, { paymentHash: digest('y') }, { customerEmailHash: digest('z') }]) {
      await expect(house.recordConversion({ ...sale, ...other })).rejects.toMatchObject({
        code: 'conversion_conflict',
      });
    }
  });

  it('nobody decides on a sale of a partner that they act for, nor on one that was never held', async () => {
    const house = aHoldHouse(makeFakeReferrals());
    await house.recordConversion(aSaleInput({ partnerId: 'mira', paymentHash: ACCOUNT_OF_MIRA }));
    const own = house.decide(aDecisionInput({ ownPartners: ['mira'] }));
    await expect(own).rejects.toMatchObject({ code: 'second_person_required' });
    await house.recordConversion(aSaleInput({ orderId: 'o2', partnerId: 'mira' }));
    await expect(house.decide(aDecisionInput({ orderId: 'o2' }))).rejects.toMatchObject({ code: 'not_found' });
    await expect(house.decide(aDecisionInput({ orderId: 'o9' }))).rejects.toMatchObject({ code: 'not_found' });
  });
});
