import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { instant } from '#test/support/builders/referrals';
import { aReferralsHouse, aSaleInput } from '#test/support/referrals-house';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const aHouse = () =>
  aReferralsHouse({
    conversions: makeConversionStore(table),
    refunds: makeRefundStore(table),
    facts: makeReferralFacts(table),
  });

describe('recording at once', () => {
  it('finds the one first purchase among fifty of a new customer', async () => {
    const house = aHouse();
    const minutes = Array.from({ length: 50 }, (_, index) => (index * 37) % 50);
    const sales = minutes.map((minute) =>
      aSaleInput({
        customerId: 'rushing',
        orderId: `rush-${minute}`,
        occurredAt: instant(`2026-01-15T12:${String(minute).padStart(2, '0')}:00Z`),
        ...(minute === 20 ? { customerFirstPurchaseAt: instant('2025-11-11T00:00:00Z') } : {}),
      }),
    );
    const results = await Promise.all(sales.map((sale) => house.recordConversion(sale)));
    expect(results.filter(({ repeated }) => repeated)).toHaveLength(0);
    expect(await house.conversions.history('shop', 'rushing')).toMatchObject({
      first: { period: '2026-01', occurredAt: instant('2026-01-15T12:00:00Z'), conversionId: 'rush-0' },
      suppliedAt: instant('2025-11-11T00:00:00Z'),
    });
  });

  it('records one order sent twenty times once', async () => {
    const house = aHouse();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => house.recordConversion(aSaleInput({ orderId: 'same', customerId: 'same' }))),
    );
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(results.map(({ conversion }) => JSON.stringify(conversion.recordedAt))).size).toBe(1);
  });

  it('takes the answer of a write for its own when the first answer was lost', async () => {
    const house = aHouse();
    await house.recordConversion(aSaleInput({ orderId: 'before', customerId: 'returning' }));
    const send = table.documents.send.bind(table.documents) as (command: unknown) => Promise<unknown>;
    let isLost = false;
    table.documents.send = (async (command: unknown) => {
      const answer = await send(command);
      if (command instanceof PutCommand && !isLost) {
        isLost = true;
        throw Object.assign(new Error('timed out after it was accepted'), { name: 'TimeoutError' });
      }
      return answer;
    }) as typeof table.documents.send;
    const sale = aSaleInput({
      orderId: 'lost-answer',
      customerId: 'returning',
      occurredAt: instant('2026-01-20T00:00:00Z'),
    });
    await expect(house.recordConversion(sale)).rejects.toThrow(/timed out/);
    const again = await house.recordConversion(sale);
    expect(isLost).toBe(true);
    expect(again).toMatchObject({ repeated: true, conversion: { orderId: 'lost-answer' } });
  });
});
