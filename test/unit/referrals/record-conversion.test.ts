import { describe, expect, it } from 'vitest';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import type { ConversionStore } from '#shared/application/referrals/ports';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aReferralsHouse, aSaleInput, EMAIL_OF_MIRA } from '#test/support/referrals-house';

const NOON = instant('2026-01-15T12:00:00Z');

describe('recording a conversion', () => {
  it('attributes it to the partner the merchant names', async () => {
    const { conversion, repeated } = await aReferralsHouse().recordConversion(aSaleInput({ partnerId: 'mira' }));
    expect(repeated).toBe(false);
    expect(conversion).toMatchObject({
      partnerId: 'mira',
      period: '2026-01',
      attribution: { why: 'named_by_merchant' },
    });
    expect(conversion.earnsNothing).toBeUndefined();
  });

  it('refuses a partner that is not enrolled, by its field, and stores nothing', async () => {
    const house = aReferralsHouse();
    await expect(house.recordConversion(aSaleInput({ partnerId: 'nobody' }))).rejects.toMatchObject({
      code: 'unknown_partner',
      errors: [{ pointer: '/partnerId' }],
    });
    expect(await house.conversions.find('shop', 'o1')).toBeUndefined();
  });

  it('refuses a programme that does not exist', async () => {
    await expect(aReferralsHouse().recordConversion(aSaleInput({ programId: 'none' }))).rejects.toMatchObject({
      code: 'unknown_program',
    });
  });

  it.each([
    [{ clickToken: 'genuine/noor' }, 'noor', undefined],
    [{ code: ' tally-10' }, 'mira', undefined],
    [{ clickToken: 'forged' }, undefined, 'token_not_genuine'],
    [{ clickToken: 'genuine/noor/other-shop' }, undefined, 'other_program'],
    [{ clickToken: 'genuine/noor', occurredAt: instant('2026-02-20T00:00:00Z') }, undefined, 'outside_window'],
    [{ code: 'NOPE' }, undefined, 'unknown_code'],
    [{ code: '  ' }, undefined, 'unknown_code'],
    [{ code: 'x'.repeat(256) }, undefined, 'unknown_code'],
    [{ clickToken: 'x'.repeat(4_096) }, undefined, 'token_not_genuine'],
    [{ code: 'ELSEWHERE' }, undefined, 'unknown_code'],
    [{ code: 'STOPPED' }, undefined, 'code_disabled'],
    [{ code: 'ENDED' }, undefined, 'code_not_valid_then'],
    [{ code: 'SOON' }, undefined, 'code_not_valid_then'],
  ])('with %j goes to %s; a touch that cannot count is kept as %s', async (claim, partnerId, rejected) => {
    const { conversion } = await aReferralsHouse().recordConversion(aSaleInput(claim));
    expect(conversion.partnerId).toBe(partnerId);
    expect(conversion.attribution.touches).toHaveLength(1);
    expect(conversion.attribution.touches[0]?.rejected).toBe(rejected);
  });

  it('keeps no address that was typed for a code', async () => {
    const { conversion } = await aReferralsHouse().recordConversion(aSaleInput({ code: 'jo@customers.example' }));
    expect(JSON.stringify(conversion.attribution)).not.toContain('jo@');
    expect(conversion.attribution.touches).toMatchObject([{ kind: 'code', rejected: 'unknown_code' }]);
  });

  it.each(['mira', EMAIL_OF_MIRA, 'MIRA@Partners.example'])(
    'never pays a partner for buying itself, as %s',
    async (customerId) => {
      const { conversion } = await aReferralsHouse().recordConversion(aSaleInput({ partnerId: 'mira', customerId }));
      expect(conversion).toMatchObject({ partnerId: 'mira', earnsNothing: 'self_referral' });
    },
  );

  it('keeps a sale that nobody can claim', async () => {
    // The snippet's field is empty for a visitor without a click.
    for (const sent of [{}, { clickToken: '' }, { clickToken: ' ', clickTokens: [''] }]) {
      const { conversion } = await aReferralsHouse().recordConversion(aSaleInput(sent));
      expect(conversion).toMatchObject({ partnerId: undefined, attribution: { why: 'no_touch', touches: [] } });
    }
  });

  it('answers a repeat with the first record, and refuses other content', async () => {
    const house = aReferralsHouse();
    const first = await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    house.programs.set(aProgram({ closedThrough: '2026-03' as Period }));
    const again = await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    expect(again).toEqual({ conversion: first.conversion, repeated: true });
    for (const change of [
      { amountMinor: 1n },
      { currency: 'EUR' },
      { customerId: 'c2' },
      { occurredAt: instant('2026-01-15T12:00:01Z') },
      { partnerId: 'noor' },
      { code: 'TALLY10' },
      { clickToken: 'genuine/mira' },
      { customerFirstPurchaseAt: instant('2020-01-01T00:00:00Z') },
      { category: 'books' },
      { country: 'DE' },
      { convertedFrom: { minor: 10_00n, currency: 'EUR', rate: '1', source: 'ECB', at: NOON } },
    ]) {
      await expect(house.recordConversion(aSaleInput({ partnerId: 'mira', ...change }))).rejects.toMatchObject({
        code: 'conversion_conflict',
      });
    }
  });

  it('compares what a sale was of, where it was made and what it was converted from', async () => {
    const house = aReferralsHouse();
    const yen = { minor: 2_000n, currency: 'JPY', rate: '0.005', source: 'ECB', at: NOON };
    const sale = aSaleInput({ category: 'books', country: 'DE', amountMinor: 10_00n, convertedFrom: yen });
    const { conversion } = await house.recordConversion(sale);
    expect(conversion).toMatchObject({ category: 'books', country: 'DE', convertedFrom: yen });
    expect(await house.recordConversion(sale)).toEqual({ conversion, repeated: true });
    for (const change of [
      { category: undefined },
      { category: 'DE', country: 'books' },
      { country: 'AT' },
      { convertedFrom: undefined },
      { convertedFrom: { ...yen, rate: '0.0050' } },
      { convertedFrom: { ...yen, source: 'bank' } },
      { convertedFrom: { ...yen, at: instant('2026-01-15T12:00:01Z') } },
      { convertedFrom: { ...yen, minor: 1_000_000n, currency: 'KWD', rate: '0.01' } },
      { convertedFrom: { ...yen, minor: 1_000n, rate: '0.01' } },
    ]) {
      await expect(house.recordConversion({ ...sale, ...change })).rejects.toMatchObject({
        code: 'conversion_conflict',
      });
    }
  });

  it('refuses converted money that does not come to its rate, with the amount that would', async () => {
    const house = aReferralsHouse();
    const yen = { minor: 2_001n, currency: 'JPY', rate: '0.005', source: 'ECB', at: NOON };
    await expect(house.recordConversion(aSaleInput({ amountMinor: 10_01n, convertedFrom: yen }))).rejects.toMatchObject(
      {
        code: 'invalid_request',
        message: expect.stringContaining('1000'),
        errors: [
          { pointer: '/amount/minor', rule: expect.stringMatching(/^must be 1000: 2001 minor units of JPY at 0\.005/) },
        ],
      },
    );
    const pounds = { ...yen, minor: 10_00n, currency: 'GBP', rate: '1' };
    await expect(
      house.recordConversion(aSaleInput({ amountMinor: 10_00n, convertedFrom: pounds })),
    ).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/convertedFrom/currency' }] });
    expect(await house.conversions.find('shop', 'o1')).toBeUndefined();
  });

  it('keeps the same order number of two programmes apart', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    expect((await house.recordConversion(aSaleInput({ programId: 'other-shop' }))).repeated).toBe(false);
  });

  it('stamps the month of the programme after its hold, and the first open one when that is closed', async () => {
    const house = aReferralsHouse();
    const periodOf = async (orderId: string, occurredAt: string): Promise<string> =>
      (await house.recordConversion(aSaleInput({ orderId, occurredAt: instant(occurredAt) }))).conversion.period;
    expect(await periodOf('a', '2026-01-31T23:59:59.999Z')).toBe('2026-01');
    house.programs.set(aProgram({ timeZone: 'Pacific/Auckland', holdDays: 14 }));
    expect(await periodOf('b', '2026-01-17T10:59:59.999Z')).toBe('2026-01');
    expect(await periodOf('c', '2026-01-17T11:00:00.000Z')).toBe('2026-02');
    house.programs.set(aProgram({ closedThrough: '2026-04' as Period }));
    expect(await periodOf('d', '2026-01-15T00:00:00Z')).toBe('2026-05');
  });

  it('keeps a supplied first purchase that came too late, without counting it', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    house.programs.set(aProgram({ closedThrough: '2026-01' as Period }));
    const supplied = instant('2020-01-01T00:00:00Z');
    const { conversion } = await house.recordConversion(
      aSaleInput({ orderId: 'o2', customerFirstPurchaseAt: supplied }),
    );
    expect(conversion.customerFirstPurchaseAt).toBe(supplied);
    expect((await house.facts.firstPurchases('shop', ['c1'])).get('c1')).toMatchObject({
      at: instant('2026-01-15T12:00:00Z'),
      orderId: 'o1',
    });
  });

  it('decides the period anew when another writer was faster, also across a close', async () => {
    const { conversions: store } = makeFakeReferrals();
    let attempts = 0;
    const conversions: ConversionStore = {
      ...store,
      add: async (...given) => {
        attempts += 1;
        if (attempts > 2) return store.add(...given);
        house.programs.set(aProgram({ closedThrough: '2026-01' as Period }));
        return 'contended';
      },
    };
    const house = aReferralsHouse({ conversions });
    expect((await house.recordConversion(aSaleInput())).conversion.period).toBe('2026-02');
    expect(house.pauses).toHaveLength(2);
  });

  it('gives up after bounded attempts with an error that says to repeat', async () => {
    const { conversions: store } = makeFakeReferrals();
    const house = aReferralsHouse({ conversions: { ...store, add: async () => 'contended' } });
    await expect(house.recordConversion(aSaleInput())).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    expect(house.pauses.length).toBeLessThan(20);
  });
});

describe('the directory of partners', () => {
  it('remembers a partner for a minute, and asks each time for one that is not there yet', async () => {
    let now = 0;
    const asked: string[] = [];
    const directory = makePartnerDirectory({
      clock: () => now,
      terms: {
        emailHash: async (_programId, partnerId) => {
          asked.push(partnerId);
          return partnerId === 'mira' ? 'hash' : undefined;
        },
      },
    });
    for (let repeat = 0; repeat < 3; repeat += 1)
      expect(await directory.find('shop', 'mira')).toEqual({ emailHash: 'hash' });
    for (let repeat = 0; repeat < 2; repeat += 1) expect(await directory.find('shop', 'nobody')).toBeUndefined();
    now = 60_000;
    await directory.find('shop', 'mira');
    expect(asked).toEqual(['mira', 'nobody', 'nobody', 'mira']);
  });
});
