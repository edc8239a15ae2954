import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formerKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { conversionItem } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { makeSalesBetween } from '#shared/adapters/dynamodb/referrals/sales/sales-between';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import { HELD, VOIDED } from '#shared/domain/fraud/hold';
import type { Period } from '#shared/domain/time/instant';
import { acme, instant } from '#test/support/builders/partners';
import { aConversion } from '#test/support/builders/referrals';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const FROM = instant('2026-03-10T08:00:00Z');
const TO = instant('2026-03-11T08:00:00Z');

const sale = (orderId: string, more: Partial<ConversionRecord> = {}): ConversionRecord =>
  aConversion({
    ...{ programId: 'acme', orderId, partnerId: 'p1' },
    occurredAt: instant('2026-03-10T12:00:00Z'),
    recordedAt: instant('2026-03-10T12:00:01Z'),
    period: '2026-04' as Period,
    ...more,
  });
const put = (Item: Record<string, unknown>) =>
  table.documents.send(new PutCommand({ TableName: table.tableName, Item }));

describe('what was recorded for a partner between two instants', () => {
  it('is summed by currency, from every month in which it counts, each sale in one span', async () => {
    const sales = [
      sale('usual'),
      sale('in-another-currency', { currency: 'EUR', amountMinor: 5_00n }),
      // Recorded late, of a month that is closed: it counts in the first open one.
      sale('late', { occurredAt: instant('2026-03-04T08:00:00Z'), period: '2026-06' as Period, amountMinor: 1_00n }),
      sale('no-hold-then', { period: '2026-03' as Period, amountMinor: 2_00n }),
      sale('held', { earnsNothing: HELD }),
      sale('void', { earnsNothing: VOIDED }),
      sale('own', { earnsNothing: 'self_referral' }),
      sale('imported', { occurredAt: instant('2026-03-01T08:00:00Z'), period: '2026-03' as Period }),
      sale('first-instant', { recordedAt: FROM, amountMinor: 4_00n }),
      sale('next-span', { recordedAt: TO }),
      sale('of-another', { partnerId: 'p2' }),
    ];
    for (const one of sales) await put(conversionItem(one));
    const copied = conversionItem(sale('usual'));
    await put({ ...copied, ...formerKey({ pk: String(copied.pk), sk: String(copied.sk) }, 1) });
    const between = makeSalesBetween(table);
    const program = acme({ closedThrough: '2026-05' as Period });
    expect(await between(program, 'p1', Date.parse(FROM), Date.parse(TO))).toEqual({
      recorded: 5,
      held: 1,
      amounts: [
        { currency: 'EUR', minor: 5_00n },
        { currency: 'GBP', minor: 17_00n },
      ],
    });
    const next = await between(program, 'p1', Date.parse(TO), Date.parse(TO) + 86_400_000);
    expect(next).toEqual({ recorded: 1, held: 0, amounts: [{ currency: 'GBP', minor: 10_00n }] });
    expect(await between(program, 'nobody', Date.parse(FROM), Date.parse(TO))).toEqual({
      recorded: 0,
      held: 0,
      amounts: [],
    });
  });
});
