import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { makePurchases } from '#shared/application/payouts/statements/purchases';
import { instant } from '#test/support/builders/referrals';
import { aReferralsHouse, aSaleInput } from '#test/support/referrals-house';
import { aReferralsTable } from '#test/support/referrals-table';

const SALES = 400;
const SALES_AT_ONCE = 20;
const ROUNDS = 10;

/**
 * CPU seconds that this process takes to read a sale with the SDK, check it and join it with its customer's first purchase: what
 * bounds one partner's month once several answers are under way. The engine is a process of its own.
 */
export async function cpuSecondsOfASale(): Promise<number> {
  const table = await aReferralsTable();
  try {
    const house = aReferralsHouse({ conversions: makeConversionStore(table), refunds: makeRefundStore(table) });
    const input = (index: number) =>
      aSaleInput({
        orderId: `order-2026-01-15-${String(index).padStart(8, '0')}`,
        customerId: `customer-${index}`,
        occurredAt: instant('2026-01-15T12:00:00Z'),
        partnerId: 'mira',
      });
    await house.recordConversion(input(0));
    for (let from = 1; from < SALES; from += SALES_AT_ONCE) {
      const batch = Array.from({ length: Math.min(SALES_AT_ONCE, SALES - from) }, (_, index) => input(from + index));
      await Promise.all(batch.map((sale) => house.recordConversion(sale)));
    }
    const { programId, orderId } = input(0);
    const facts = makeReferralFacts(table);
    const sale = (await facts.order(programId, orderId))?.conversion;
    if (!sale) throw new Error(`${orderId} was not recorded`);
    const { partnerId, period } = sale;
    let read = 0;
    const begun = process.cpuUsage();
    for (let round = 0; round < ROUNDS; round += 1) {
      for await (const _ of makePurchases(facts, programId)(facts.conversions(programId, partnerId, period), true))
        read += 1;
    }
    const { user, system } = process.cpuUsage(begun);
    if (read !== SALES * ROUNDS) throw new Error(`${read} sales were read, not ${SALES * ROUNDS}`);
    return (user + system) / 1_000_000 / read;
  } finally {
    await table.stop();
  }
}
