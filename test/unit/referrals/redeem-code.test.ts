import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeCloseRedemption } from '#shared/application/referrals/close-redemption';
import type { Code } from '#shared/application/referrals/ports';
import { makeRedeemCode } from '#shared/application/referrals/redeem-code';
import { canonicalCode } from '#shared/domain/tracking/code';
import { aCode, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';

const HALF_AN_HOUR_MS = 30 * 60_000;

function aCheckout(...known: readonly Code[]) {
  let now = Date.parse('2026-01-15T12:00:00Z');
  const redemptions = makeFakeRedemptions();
  const retry = { pause: async () => {}, random: () => 0 };
  const redeem = makeRedeemCode({
    redemptions,
    codes: { find: async (canonical) => known.find((code) => canonicalCode(code.code) === canonical) },
    programs: makeFakePrograms(aProgram()),
    clock: () => now,
    digest,
    ...retry,
  });
  const close = makeCloseRedemption({ redemptions, clock: () => now, ...retry });
  return {
    redeem: (customerId: string, code = 'TALLY10') => redeem({ programId: 'shop', code, customerId }),
    close: (redemptionId: string, to: 'confirmed' | 'released') => close({ programId: 'shop', redemptionId, to }),
    wait: (ms: number) => (now += ms),
  };
}

describe('redeeming a code', () => {
  it('reserves it for half an hour and answers the same reservation again', async () => {
    const checkout = aCheckout(aCode());
    const first = await checkout.redeem('c1');
    expect(first).toMatchObject({
      repeated: false,
      redemption: { status: 'reserved', partnerId: 'mira', reservedUntil: '2026-01-15T12:30:00.000Z' },
    });
    checkout.wait(1_000);
    expect(await checkout.redeem('c1', 'tally-10')).toEqual({ ...first, repeated: true });
    expect((await checkout.redeem('c2')).redemption.redemptionId).not.toBe(first.redemption.redemptionId);
  });

  it('answers unknown, foreign, disabled, early, expired, exhausted and used codes alike', async () => {
    const checkout = aCheckout(
      aCode({ code: 'ELSEWHERE', programId: 'other-shop' }),
      aCode({ code: 'STOPPED', disabled: true }),
      aCode({ code: 'SOON', validFrom: instant('2026-01-16T00:00:00Z') }),
      aCode({ code: 'ENDED', validUntil: instant('2026-01-15T12:00:00Z') }),
      aCode({ code: 'GONE', maxRedemptions: 1 }),
      aCode({ code: 'MINE' }),
    );
    await checkout.redeem('another', 'GONE');
    const { redemption } = await checkout.redeem('c1', 'MINE');
    await checkout.close(redemption.redemptionId, 'confirmed');
    const refusals = await Promise.all(
      ['NOPE', '-', 'ELSEWHERE', 'STOPPED', 'SOON', 'ENDED', 'GONE', 'MINE'].map((code) =>
        checkout.redeem('c1', code).then(
          () => `${code} was redeemed`,
          ({ code: failure, message, errors }) => JSON.stringify({ failure, message, errors }),
        ),
      ),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('code_not_redeemable');
  });

  it('takes a seat of a limited code back when its reservation lapses', async () => {
    const checkout = aCheckout(aCode({ maxRedemptions: 1 }));
    const { redemption } = await checkout.redeem('slow');
    await expect(checkout.redeem('quick')).rejects.toMatchObject({ code: 'code_not_redeemable' });
    checkout.wait(HALF_AN_HOUR_MS + 1);
    expect((await checkout.redeem('quick')).repeated).toBe(false);
    await expect(checkout.close(redemption.redemptionId, 'confirmed')).rejects.toMatchObject({
      code: 'redemption_not_open',
    });
    await expect(checkout.redeem('slow')).rejects.toMatchObject({ code: 'code_not_redeemable' });
  });

  it.each([undefined, 1])(
    'lets the same customer reserve again after a lapse, with a limit of %s',
    async (maxRedemptions) => {
      const checkout = aCheckout(aCode({ maxRedemptions }));
      await checkout.redeem('slow');
      checkout.wait(HALF_AN_HOUR_MS);
      expect(await checkout.redeem('slow')).toMatchObject({ repeated: false, redemption: { status: 'reserved' } });
    },
  );

  it('confirms and releases once, and says the same again', async () => {
    const checkout = aCheckout(aCode({ maxRedemptions: 1 }));
    const { redemption } = await checkout.redeem('c1');
    for (let repeat = 0; repeat < 2; repeat += 1) {
      expect((await checkout.close(redemption.redemptionId, 'confirmed')).status).toBe('confirmed');
    }
    await expect(checkout.close(redemption.redemptionId, 'released')).rejects.toMatchObject({
      code: 'redemption_not_open',
    });
    await expect(checkout.close('none', 'released')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('gives a released seat to the next customer', async () => {
    const checkout = aCheckout(aCode({ maxRedemptions: 1 }));
    const { redemption } = await checkout.redeem('c1');
    for (let repeat = 0; repeat < 2; repeat += 1) {
      expect((await checkout.close(redemption.redemptionId, 'released')).status).toBe('released');
    }
    expect((await checkout.redeem('c2')).repeated).toBe(false);
    await expect(checkout.redeem('c3')).rejects.toMatchObject({ code: 'code_not_redeemable' });
  });
});
