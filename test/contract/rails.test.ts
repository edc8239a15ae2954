import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf } from '#shared/application/payees';
import type { Currency } from '#shared/domain/money/money';
import { aPayingHalf, type PayingHalf, SHARD } from '#test/support/builders/paying-half';
import { aStatement } from '#test/support/builders/payouts';
import { aMoneyTable } from '#test/support/money-table';
import { paypalUnderTest, stripeUnderTest } from '#test/support/rails/http-rails-under-test';
import {
  bankFileUnderTest,
  nachaUnderTest,
  type OpenRail,
  type RailUnderTest,
  sandboxUnderTest,
} from '#test/support/rails/rails-under-test';
import type { TestTable } from '#test/support/referrals-table';
import { type PayPalStandIn, startPayPalStandIn } from '#test/support/stand-ins/paypal';
import { type StripeStandIn, startStripeStandIn } from '#test/support/stand-ins/stripe';

let table: TestTable;
let stripe: StripeStandIn;
let paypal: PayPalStandIn;
beforeAll(async () => {
  [table, stripe, paypal] = await Promise.all([aMoneyTable(), startStripeStandIn(), startPayPalStandIn()]);
});
afterAll(() => Promise.all([table?.stop(), stripe?.stop(), paypal?.stop()]));

const RAILS: readonly RailUnderTest[] = [
  bankFileUnderTest,
  nachaUnderTest,
  sandboxUnderTest(() => table),
  stripeUnderTest(() => stripe),
  paypalUnderTest(() => paypal),
];

/** What every rail must keep, whatever it is made of: design.md, Closing a month. */
describe.each(RAILS.map((under) => [under.rail, under] as const))('the rail %s', (rail, under) => {
  type Owed = { readonly amountMinor: bigint; readonly currency?: Currency | undefined };
  let programs = 0;
  /** An approved run that owes each partner an amount, posted and not handed over. */
  const owing = async (amounts: readonly Owed[]): Promise<{ half: PayingHalf; opened: OpenRail }> => {
    programs += 1;
    const opened = await under.open();
    const statements = amounts.map(({ amountMinor, currency }, index) =>
      aStatement({
        partnerId: `${rail}-${programs}-p${index + 1}`,
        earnedMinor: amountMinor,
        currency: currency ?? under.currency,
      }),
    );
    const payees = Object.fromEntries(statements.map(({ partnerId }, index) => [partnerId, under.payee(index + 1)]));
    const half = aPayingHalf({
      statements,
      payees,
      ...(opened.rails ? { rails: opened.rails } : {}),
      ...(opened.fileRails ? { fileRails: opened.fileRails } : {}),
    });
    await half.post(SHARD);
    return { half, opened };
  };
  const handOver = async (half: PayingHalf): Promise<void> => {
    await half.submit(SHARD);
    await half.writeFiles(SHARD);
  };
  const statuses = (half: PayingHalf): readonly string[] => [...half.stored.values()].map(({ status }) => status);
  const keys = (half: PayingHalf): readonly (string | undefined)[] => [...half.stored.values()].map(under.keyOf);
  const isThere = (half: PayingHalf): boolean =>
    statuses(half).every((one) => one === 'submitted' || one === 'settled');
  /** What was to be paid, in the order of the keys. */
  const owed = (half: PayingHalf): readonly object[] =>
    [...half.stored.values()]
      .map((payout) => {
        const payee = half.payees.get(payout.partnerId);
        const { amountMinor, currency } = payout;
        return { key: under.keyOf(payout) ?? '', amountMinor, currency, account: payee && accountOf(payee) };
      })
      .sort(byKey);
  const asked = async (half: PayingHalf, opened: OpenRail): Promise<readonly object[]> =>
    [...(await opened.asked(half))].sort(byKey);

  it('is asked for exactly what is owed: keys, amounts, currencies and accounts, each once', async () => {
    const { half, opened } = await owing([{ amountMinor: 12_345n }, { amountMinor: 1n }, { amountMinor: 999_999n }]);
    await handOver(half);
    expect(isThere(half)).toBe(true);
    expect(new Set(keys(half)).size).toBe(3);
    expect(await asked(half, opened)).toEqual(owed(half));
  });

  it('pays once when it is handed the same payouts again', async () => {
    const { half, opened } = await owing([{ amountMinor: 700n }, { amountMinor: 800n }]);
    await handOver(half);
    const first = await asked(half, opened);
    await handOver(half);
    await handOver(half);
    expect(await asked(half, opened)).toEqual(first);
    expect(first).toHaveLength(2);
    expect(half.entries.filter(({ kind }) => kind === 'submission')).toHaveLength(2);
  });

  it('keeps the key of a payout whose answer was lost, and pays it once', async () => {
    const { half, opened } = await owing([{ amountMinor: 700n }]);
    opened.loseAnswer(half);
    await handOver(half).catch(() => undefined);
    expect(['submitting', 'unknown']).toContain(statuses(half)[0]);
    const before = keys(half);
    expect(before).not.toContain(undefined);
    expect(await asked(half, opened)).toHaveLength(1);
    await handOver(half);
    expect([keys(half), isThere(half)]).toEqual([before, true]);
    expect(await asked(half, opened)).toEqual(owed(half));
  });

  it('pays nothing to a payee that is refused, and its amount is owed still', async () => {
    const { half, opened } = await owing([{ amountMinor: 700n }]);
    const [payout] = half.stored.values();
    await opened.refuse(half, payout!.partnerId);
    await handOver(half);
    expect(statuses(half)).toEqual(['failed']);
    expect(await asked(half, opened)).toEqual([]);
    expect(await half.balances.of('acme', payout!.partnerId)).toEqual([
      { currency: under.currency, payableMinor: 700n, reservedMinor: 0n },
    ]);
  });

  it('carries one minor unit and the most that it takes to the last digit', async () => {
    const { half, opened } = await owing([{ amountMinor: 1n }, { amountMinor: under.mostMinor }]);
    await handOver(half);
    expect(isThere(half)).toBe(true);
    expect(await asked(half, opened)).toEqual(owed(half));
  });

  // What a rail has no rule for is no test of it, rather than one that is skipped.
  if (under.isLimited) {
    it('lets more than it takes at once wait instead of cutting it', async () => {
      const { half, opened } = await owing([{ amountMinor: under.mostMinor + 1n }]);
      await handOver(half);
      expect([...half.stored.values()]).toMatchObject([
        { status: 'created', blockedReason: 'amount_above_rail_limit', amountMinor: under.mostMinor + 1n },
      ]);
      expect(await asked(half, opened)).toEqual([]);
    });
  }

  if (under.unsupported) {
    it('lets what is in a currency that it does not pay wait, and says so', async () => {
      const { half, opened } = await owing([{ amountMinor: 12_345n, currency: under.unsupported }]);
      await handOver(half);
      expect(await asked(half, opened)).toEqual([]);
      const [payout] = half.stored.values();
      expect(payout).toMatchObject({ status: 'created', blockedReason: 'currency_unsupported' });
      expect(await half.balances.of('acme', payout!.partnerId)).toMatchObject([{ payableMinor: 12_345n }]);
    });
  }
});

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : 1;
}
