import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRememberedFigures } from '#shared/adapters/dynamodb/money/figures/remembered-figures';
import { formerKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { conversionItem } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { makeSaleDays } from '#shared/adapters/dynamodb/referrals/sales/sale-days';
import type { RememberedFigures, SalesDays } from '#shared/application/payouts/figures/figure-ports';
import type { MonthSoFar } from '#shared/application/payouts/figures/month-so-far';
import type { Period } from '#shared/domain/time/instant';
import { aConversion } from '#test/support/builders/referrals';
import { instant } from '#test/support/builders/runs';
import { makeFakeFigures } from '#test/support/fakes/figures';
import { aMoneyTable } from '#test/support/money-table';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let money: TestTable;
let referrals: TestTable;
beforeAll(async () => {
  [money, referrals] = await Promise.all([aMoneyTable(), aReferralsTable()]);
});
afterAll(() => Promise.all([money?.stop(), referrals?.stop()]));

const JANUARY = '2026-01' as Period;
const BEYOND_A_NUMBER = 9_007_199_254_740_993n;
const aMonth = (over: Partial<MonthSoFar> = {}): MonthSoFar => ({
  partnerId: 'anna',
  period: JANUARY,
  asOf: instant('2026-01-20T09:00:00Z'),
  state: 'open',
  openFrom: '2025-12' as Period,
  statements: [
    {
      currency: 'EUR',
      earnedMinor: BEYOND_A_NUMBER,
      clawbackMinor: -5n,
      adjustmentMinor: 0n,
      openingBalanceMinor: 1n,
      payableMinor: BEYOND_A_NUMBER,
      closingBalanceMinor: 0n,
      writtenOffMinor: 2n,
      conversions: 3,
      ways: [
        {
          kind: 'revenue_share',
          componentId: 'share',
          planVersion: 1,
          rateBps: 1_000,
          rateRule: 'rule 1: category books',
          conversions: 2,
          baseMinor: 100n,
          amountMinor: 10n,
          cutLines: 0,
          sentence: '10 % of 1.00 EUR from 2 sales.',
        },
      ],
      nothing: [{ componentId: 'share', reason: 'no_tier', count: 1 }],
      clawbacks: 1,
      adjustments: 0,
    },
  ],
  underReview: [{ currency: 'EUR', conversions: 1, amountMinor: 9n }],
  later: [{ period: '2026-02' as Period, currency: 'EUR', conversions: 1, amountMinor: 9n }],
  earlier: [],
  mayChange: ['later_sales', 'refunds'],
  work: 900,
  ...over,
});
const someDays = (over: Partial<SalesDays> = {}): SalesDays => ({
  partnerId: 'anna',
  period: JANUARY,
  asOf: instant('2026-01-20T09:00:00Z'),
  days: [{ day: '2026-01-19', conversions: 3, underReview: 1 }],
  work: 900,
  ...over,
});

describe.each<[string, () => RememberedFigures]>([
  ['the Money table', () => makeRememberedFigures(money)],
  ['the fake', makeFakeFigures],
])('figures in %s', (name, make) => {
  const programId = name.replaceAll(' ', '-');

  it('are found as they were put, by partner, month and kind', async () => {
    const figures = make();
    expect(await figures.month(programId, 'anna', JANUARY)).toBeUndefined();
    await figures.putMonth(programId, aMonth());
    await figures.putSalesDays(programId, someDays());
    expect(await figures.month(programId, 'anna', JANUARY)).toEqual(aMonth());
    expect(await figures.salesDays(programId, 'anna', JANUARY)).toEqual(someDays());
    expect(await figures.month(programId, 'annabel', JANUARY)).toBeUndefined();
    expect(await figures.month('other', 'anna', JANUARY)).toBeUndefined();
  });

  it('are superseded by newer ones and by no others', async () => {
    const figures = make();
    const newer = aMonth({ asOf: instant('2026-01-21T09:00:00Z'), work: 901 });
    await figures.putMonth(programId, newer);
    await figures.putMonth(programId, aMonth());
    expect(await figures.month(programId, 'anna', JANUARY)).toEqual(newer);
  });

  it('of sales are found for several months at once', async () => {
    const figures = make();
    for (const period of ['2026-02', '2026-03', '2026-04'] as Period[]) {
      await figures.putSalesDays(programId, someDays({ partnerId: 'bert', period }));
    }
    const found = await figures.salesDaysBetween(programId, 'bert', '2026-03' as Period, '2026-12' as Period);
    expect([...found.keys()].sort()).toEqual(['2026-03', '2026-04']);
  });
});

describe('the days of sales', () => {
  it('are read with why they earn nothing, without what a closed month keeps of a sale that moved', async () => {
    const put = (Item: Record<string, unknown>) =>
      referrals.documents.send(new PutCommand({ TableName: referrals.tableName, Item }));
    const sale = (orderId: string, over: object = {}) =>
      conversionItem(aConversion({ programId: 'shop', orderId, partnerId: 'anna', period: JANUARY, ...over }));
    await put(sale('o1'));
    await put(sale('o2', { earnsNothing: 'fraud_hold' }));
    const moved = sale('o3');
    await put({ ...moved, ...formerKey({ pk: String(moved.pk), sk: String(moved.sk) }, 1) });
    await put(sale('o4', { partnerId: 'bert' }));
    const found: unknown[] = [];
    for await (const one of makeSaleDays(referrals).sales('shop', 'anna', JANUARY)) found.push(one);
    const { occurredAt } = aConversion();
    expect(found).toEqual([{ occurredAt }, { occurredAt, earnsNothing: 'fraud_hold' }]);
  });
});
