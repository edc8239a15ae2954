import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeHasFacts, makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { withoutEmptyMonths } from '#shared/application/payouts/ledger/facts-as-of';
import { aConversion, FEBRUARY, JANUARY } from '#test/support/builders/referrals';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

it('tells a month with facts from an empty one, of a partner or of nobody, and reads only the former', async () => {
  const conversions = makeConversionStore(table);
  const sale = aConversion({ programId: 'months', partnerId: 'p1', period: JANUARY });
  await conversions.add(sale, {});
  await conversions.add(
    aConversion({ programId: 'months', orderId: 'other', partnerId: undefined, period: FEBRUARY }),
    {},
  );
  const hasFacts = makeHasFacts(table);
  const asked = async (partnerId: string | undefined) =>
    Promise.all([JANUARY, FEBRUARY].map((period) => hasFacts('months', partnerId, period)));
  expect(await asked('p1')).toEqual([true, false]);
  expect(await asked(undefined)).toEqual([false, true]);
  expect(await asked('p2')).toEqual([false, false]);

  let reads = 0;
  const facts = makeReferralFacts(table);
  const counting: typeof facts = {
    ...facts,
    conversions: (...of) => {
      reads += 1;
      return facts.conversions(...of);
    },
  };
  const read = withoutEmptyMonths(counting, hasFacts);
  const orders: string[] = [];
  for (const period of [JANUARY, FEBRUARY, JANUARY]) {
    for await (const { orderId } of read.conversions('months', 'p1', period)) orders.push(orderId);
  }
  expect([orders, reads]).toEqual([[sale.orderId, sale.orderId], 2]);
});
