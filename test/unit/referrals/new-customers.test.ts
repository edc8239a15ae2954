import { describe, expect, it } from 'vitest';
import type { RecordConversionInput } from '#shared/application/referrals/sales/record-conversion';
import { anAttributionHouse } from '#test/support/attribution-house';
import { instant } from '#test/support/builders/referrals';
import { aSaleInput } from '#test/support/referrals-house';

const sale = (orderId: string, occurredAt: string, more: Partial<RecordConversionInput> = {}): RecordConversionInput =>
  aSaleInput({ orderId, occurredAt: instant(occurredAt), partnerId: 'mira', ...more });

describe('a programme that pays for new customers only', () => {
  it('keeps a later sale with its partner and its reason, and pays the first', async () => {
    const house = anAttributionHouse({ newCustomersOnly: true });
    const first = await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z'));
    expect(first.conversion.earnsNothing).toBeUndefined();
    const later = await house.recordConversion(sale('o2', '2026-01-15T13:00:00Z', { partnerId: 'noor' }));
    expect(later.conversion).toMatchObject({ partnerId: 'noor', earnsNothing: 'existing_customer' });
  });

  it.each([
    [{ customerFirstPurchaseAt: instant('2026-01-15T11:59:59.999Z') }, 'existing_customer'],
    [{ customerFirstPurchaseAt: instant('2026-01-15T12:00:00Z') }, undefined],
    [{ isNewCustomer: false }, 'existing_customer'],
    [{ isNewCustomer: true }, undefined],
    [{ isNewCustomer: true, customerFirstPurchaseAt: instant('2020-01-01T00:00:00Z') }, 'existing_customer'],
  ])('takes the word of the merchant in %j', async (more, earnsNothing) => {
    const house = anAttributionHouse({ newCustomersOnly: true });
    const { conversion } = await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', more));
    expect(conversion.earnsNothing).toBe(earnsNothing);
  });

  it('counts a purchase that nobody was paid for, and none of zero', async () => {
    const house = anAttributionHouse({ newCustomersOnly: true });
    await house.recordConversion(sale('trial', '2026-01-15T10:00:00Z', { amountMinor: 0n }));
    expect((await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z'))).conversion.earnsNothing).toBeUndefined();
    await house.recordConversion(sale('p1', '2026-01-15T12:00:00Z', { customerId: 'c2', partnerId: undefined }));
    const claimed = await house.recordConversion(sale('p2', '2026-01-15T13:00:00Z', { customerId: 'c2' }));
    expect(claimed.conversion.earnsNothing).toBe('existing_customer');
  });

  it('pays one of two, the one recorded first, also when the other happened before it', async () => {
    const house = anAttributionHouse({ newCustomersOnly: true });
    const late = await house.recordConversion(sale('o2', '2026-01-15T13:00:00Z'));
    const early = await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z'));
    expect([late, early].map(({ conversion }) => conversion.earnsNothing)).toEqual([undefined, 'existing_customer']);
    const first = (await house.facts.firstPurchases('shop', ['c1'])).get('c1');
    expect(first?.orderId).toBe('o1');
  });

  it('pays one of twenty at once', async () => {
    const house = anAttributionHouse({ newCustomersOnly: true });
    const sales = Array.from({ length: 20 }, (_, minute) =>
      sale(`o${minute}`, `2026-01-15T12:${String((minute * 7) % 20).padStart(2, '0')}:00Z`),
    );
    const results = await Promise.all(sales.map((one) => house.recordConversion(one)));
    expect(results.filter(({ conversion }) => conversion.earnsNothing === undefined)).toHaveLength(1);
  });

  it('goes on paying the partner that the customer is bound to, and no other', async () => {
    const house = anAttributionHouse({ newCustomersOnly: true, bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z'));
    const own = await house.recordConversion(sale('o2', '2026-02-15T12:00:00Z', { partnerId: undefined }));
    expect(own.conversion).toMatchObject({ partnerId: 'mira', attribution: { why: 'bound_customer' } });
    expect(own.conversion.earnsNothing).toBeUndefined();
    const other = await house.recordConversion(sale('o3', '2026-03-15T12:00:00Z', { partnerId: 'noor' }));
    expect(other.conversion.earnsNothing).toBe('existing_customer');
    const known = sale('p1', '2026-01-15T12:00:00Z', { customerId: 'c2', isNewCustomer: false });
    await house.recordConversion(known);
    const later = await house.recordConversion(sale('p2', '2026-02-15T12:00:00Z', { customerId: 'c2' }));
    expect(later.conversion.earnsNothing).toBe('existing_customer');
  });

  it('changes no decision that was made before it was set', async () => {
    const house = anAttributionHouse();
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z'));
    const before = await house.recordConversion(sale('o2', '2026-01-15T13:00:00Z'));
    house.set({ newCustomersOnly: true });
    expect(await house.recordConversion(sale('o2', '2026-01-15T13:00:00Z'))).toEqual({
      conversion: before.conversion,
      repeated: true,
    });
    expect(before.conversion.earnsNothing).toBeUndefined();
  });

  it('compares what the merchant said of the customer when an order is sent again', async () => {
    const house = anAttributionHouse();
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { isNewCustomer: true, clickTokens: ['a', 'b'] }));
    const same = sale('o1', '2026-01-15T12:00:00Z', { isNewCustomer: true, clickTokens: ['b', 'a', 'b'] });
    expect((await house.recordConversion(same)).repeated).toBe(true);
    for (const change of [{ isNewCustomer: false }, { isNewCustomer: undefined }, { clickTokens: ['a'] }]) {
      await expect(house.recordConversion({ ...same, ...change })).rejects.toMatchObject({
        code: 'conversion_conflict',
      });
    }
  });
});
