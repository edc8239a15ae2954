import { describe, expect, it } from 'vitest';
import { makePurchases, needFirstPurchases } from '#shared/application/payouts/statements/purchases';
import type { ConversionFact } from '#shared/application/referral-facts';
import { instant, JANUARY } from '#test/support/builders/runs';

const AT = instant('2026-01-15T12:00:00Z');
const sale = (orderId: string, customerId: string): ConversionFact => ({
  orderId,
  customerId,
  partnerId: 'p1',
  occurredAt: AT,
  period: JANUARY,
  amountMinor: 100n,
  currency: 'GBP',
  nettedMinor: 0n,
  refundedMinor: 0n,
});
async function* stream(sales: readonly ConversionFact[]): AsyncIterable<ConversionFact> {
  yield* sales;
}
const asked: string[][] = [];
const facts = {
  firstPurchases: async (_programId: string, ids: readonly string[]) => {
    asked.push([...ids]);
    await new Promise((resolve) => setTimeout(resolve, ids.length % 3));
    return new Map(ids.map((id) => [id, { at: AT, orderId: `first of ${id}` }]));
  },
};

async function firstsOf(purchases: ReturnType<typeof makePurchases>, sales: readonly ConversionFact[], needed = true) {
  const firsts: (string | undefined)[] = [];
  for await (const { conversion } of purchases(stream(sales), needed)) {
    firsts.push(conversion.firstPurchase?.conversionId);
  }
  return firsts;
}

describe('joining conversions with first purchases', () => {
  it('asks for a hundred conversions at once, and for each customer once', async () => {
    asked.length = 0;
    const sales = Array.from({ length: 250 }, (_, index) => sale(`o${index}`, `c${index % 120}`));
    const firsts = await firstsOf(makePurchases(facts, 'acme'), sales);
    expect(firsts).toEqual(sales.map(({ customerId }) => `first of ${customerId}`));
    expect(asked.map((ids) => ids.length)).toEqual([100, 20]);
  });

  it('asks nothing when no plan looks at first purchases', async () => {
    asked.length = 0;
    expect(await firstsOf(makePurchases(facts, 'acme'), [sale('o1', 'c1')], false)).toEqual([undefined]);
    expect(asked).toEqual([]);
  });

  it('finds them for partners read side by side, also when it forgets in between', async () => {
    const purchases = makePurchases(facts, 'acme', 3);
    const lanes = Array.from({ length: 4 }, (_, lane) =>
      Array.from({ length: 500 }, (_, index) => sale(`o${lane}-${index}`, `c${(index * (lane + 1)) % 90}`)),
    );
    const firsts = await Promise.all(lanes.map((sales) => firstsOf(purchases, sales)));
    expect(firsts).toEqual(lanes.map((sales) => sales.map(({ customerId }) => `first of ${customerId}`)));
  });

  it('is needed for fees on first purchases, for windows and after an end that is honoured only', () => {
    const share = { kind: 'revenue_share' as const, id: 'share', ratesByTier: { referral: 1000 } };
    expect(needFirstPurchases([{ version: 1, components: [share] }], [{ afterEnd: 'stop' }])).toBe(false);
    expect(needFirstPurchases([{ version: 1, components: [{ ...share, windowMonths: 12 }] }], [])).toBe(true);
    expect(
      needFirstPurchases([{ version: 1, components: [{ kind: 'referral_fee', id: 'fee', amountMinor: 1n }] }], []),
    ).toBe(true);
    const honours = { afterEnd: 'honour_until_window_ends' as const };
    expect(needFirstPurchases([{ version: 1, components: [share] }], [{}, honours])).toBe(true);
  });
});
