import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import type { Code } from '#shared/application/referrals/ports';
import { makeCloseRedemption } from '#shared/application/referrals/redemptions/close-redemption';
import { makeRedeemCode, type RedeemCodeInput } from '#shared/application/referrals/redemptions/redeem-code';
import type { CustomerHistory } from '#shared/domain/facts/first-purchase';
import type { Money } from '#shared/domain/money/money';
import { canonicalCode, generateCode } from '#shared/domain/tracking/code';
import { aCode, instant, JANUARY } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';

const HALF_AN_HOUR_MS = 30 * 60_000;
const HISTORIES: Record<string, CustomerHistory> = {
  buyer: { first: { period: JANUARY, occurredAt: instant('2026-01-02T00:00:00Z'), conversionId: 'o1' } },
  older: { suppliedAt: instant('2020-01-01T00:00:00Z') },
};
const euros = (minor: bigint): { spend: Money } => ({ spend: { minor, currency: 'EUR' } });

function aCheckout(...known: readonly Code[]) {
  let now = Date.parse('2026-01-15T12:00:00Z');
  const redemptions = makeFakeRedemptions();
  const reasons: unknown[] = [];
  const reads: string[] = [];
  const retry = { pause: async () => {}, random: () => 0 };
  const redeem = makeRedeemCode({
    redemptions,
    codes: {
      find: async (canonical) => {
        reads.push(canonical);
        return known.find((code) => canonicalCode(code.code) === canonical);
      },
    },
    customers: { history: async (_programId, customerId) => HISTORIES[customerId] ?? {} },
    log: { info: (_message, fields) => void reasons.push(fields?.reason) },
    programs: makeFakePrograms(aProgram()),
    clock: () => now,
    digest,
    ...retry,
  });
  const close = makeCloseRedemption({ redemptions, clock: () => now, ...retry });
  return {
    redeem: (customerId: string, code = 'TALLY10', rest: Partial<RedeemCodeInput> = {}) =>
      redeem({ programId: 'shop', code, customerId, ...rest }),
    close: (redemptionId: string, to: 'confirmed' | 'released', orderId?: string) =>
      close({ programId: 'shop', redemptionId, to, orderId }),
    redemptions,
    reasons,
    reads,
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
      ['NOPE', '-', 'WRNG-WRNG-WRNG-WRN0', 'ELSEWHERE', 'STOPPED', 'SOON', 'ENDED', 'GONE', 'MINE'].map((code) =>
        checkout.redeem('c1', code).then(
          () => `${code} was redeemed`,
          ({ code: failure, message, errors }) => JSON.stringify({ failure, message, errors }),
        ),
      ),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('code_not_redeemable');
    expect([...checkout.reasons].sort()).toEqual([
      'disabled',
      'exhausted',
      'expired',
      'mistyped',
      'not_valid_yet',
      'other_program',
      'unknown',
      'unknown',
      'used_by_customer',
    ]);
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

describe('a mistyped code', () => {
  it('is refused without reading anything', async () => {
    const code = generateCode(Uint8Array.from({ length: 10 }, (_, index) => index + 1));
    const checkout = aCheckout(aCode({ code }));
    const swapped = code.slice(0, 5) + code[6] + code[5] + code.slice(7);
    expect(swapped).not.toBe(code);
    await expect(checkout.redeem('c1', swapped)).rejects.toMatchObject({ code: 'code_not_redeemable' });
    expect(checkout.reads).toEqual([]);
    expect((await checkout.redeem('c1', code.toLowerCase().replaceAll('-', ' '))).repeated).toBe(false);
  });
});

describe('the terms of a code', () => {
  const terms = {
    discount: { kind: 'percent', rateBps: 1_000 },
    currency: 'EUR',
    minimumSpendMinor: 20_00n,
    newCustomersOnly: true,
  } as const;

  it.each([
    ['a spend', {}, ['/spend']],
    ['the currency', { spend: { minor: 99_00n, currency: 'USD' } }, ['/spend/currency']],
    ['the minimum', euros(19_99n), ['/spend/minor']],
    ['a new customer', { ...euros(20_00n), isNewCustomer: false }, ['/isNewCustomer']],
  ])('name %s where it is missing', async (_name, sent, pointers) => {
    const checkout = aCheckout(aCode(terms));
    const refused = await checkout.redeem('c1', 'TALLY10', sent).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'code_conditions_not_met',
      errors: pointers.map((pointer) => expect.objectContaining({ pointer })),
    });
  });

  it.each([['buyer'], ['older']])(
    'do not hold for %s, who bought before, whatever the merchant says',
    async (known) => {
      const checkout = aCheckout(aCode(terms));
      const sent = { ...euros(20_00n), isNewCustomer: true };
      await expect(checkout.redeem(known, 'TALLY10', sent)).rejects.toMatchObject({ code: 'code_conditions_not_met' });
      expect((await checkout.redeem('c1', 'TALLY10', sent)).redemption.terms).toEqual(terms);
    },
  );

  it('are named of no code that could not be redeemed', async () => {
    const checkout = aCheckout(aCode({ ...terms, maxRedemptions: 1 }));
    await checkout.redeem('c1', 'TALLY10', euros(20_00n));
    await expect(checkout.redeem('c2', 'TALLY10', euros(1n))).rejects.toMatchObject({ code: 'code_not_redeemable' });
  });

  it('stay as they were reserved, for the basket that is sent last', async () => {
    const code = { ...aCode(), ...terms, minimumSpendMinor: 20_00n };
    const checkout = aCheckout(code);
    const { redemption } = await checkout.redeem('c1', 'TALLY10', euros(20_00n));
    code.minimumSpendMinor = 90_00n;
    expect((await checkout.redeem('c1')).redemption).toEqual(redemption);
    expect((await checkout.redeem('c1', 'TALLY10', { isNewCustomer: false })).repeated).toBe(true);
    const again = await checkout.redeem('c1', 'TALLY10', euros(30_00n));
    expect(again).toMatchObject({ repeated: true, redemption: { terms, spend: { minor: 30_00n } } });
    await expect(checkout.redeem('c1', 'TALLY10', euros(10_00n))).rejects.toMatchObject({
      code: 'code_conditions_not_met',
    });
    expect((await checkout.redemptions.find('shop', redemption.redemptionId))?.spend?.minor).toBe(30_00n);
  });
});

describe('a limit a customer', () => {
  it.each([1, 2, 3, 5, 8])('of %s gives as many, one after the other', async (maxPerCustomer) => {
    const checkout = aCheckout(aCode({ maxPerCustomer }));
    const ids = new Set<string>();
    for (let time = 0; time < maxPerCustomer; time += 1) {
      const { redemption } = await checkout.redeem('c1');
      expect((await checkout.redeem('c1')).redemption.redemptionId).toBe(redemption.redemptionId);
      ids.add(redemption.redemptionId);
      await checkout.close(redemption.redemptionId, 'confirmed');
    }
    expect(ids.size).toBe(maxPerCustomer);
    await expect(checkout.redeem('c1')).rejects.toMatchObject({ code: 'code_not_redeemable' });
    expect((await checkout.redeem('c2')).repeated).toBe(false);
  });
});

describe('confirming for an order', () => {
  it('keeps the order, also when it is named later, and takes no other', async () => {
    const checkout = aCheckout(aCode());
    const { redemptionId } = (await checkout.redeem('c1')).redemption;
    expect((await checkout.close(redemptionId, 'confirmed')).orderId).toBeUndefined();
    expect((await checkout.close(redemptionId, 'confirmed', 'o1')).orderId).toBe('o1');
    expect((await checkout.close(redemptionId, 'confirmed')).orderId).toBe('o1');
    await expect(checkout.close(redemptionId, 'confirmed', 'o2')).rejects.toMatchObject({
      code: 'redemption_not_open',
      errors: [{ pointer: '/orderId', rule: expect.any(String) }],
    });
  });

  it('refuses a reservation that has lapsed, and says what to do', async () => {
    const checkout = aCheckout(aCode());
    const { redemptionId } = (await checkout.redeem('c1')).redemption;
    checkout.wait(HALF_AN_HOUR_MS);
    await expect(checkout.close(redemptionId, 'confirmed', 'o1')).rejects.toThrow(/lapsed. Reserve the code again/);
  });
});
