import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  conversionsBetween,
  FACTS_INDEX,
  FORMER_SK_PREFIX,
  factsPartition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { SalesSum } from '#shared/application/notifications/outbox';
import { OLD_NEWS_MS, type SalesBetween } from '#shared/application/notifications/sales-between';
import type { Program } from '#shared/application/programs';
import { isHeldReason } from '#shared/domain/fraud/hold';
import type { Currency } from '#shared/domain/money/money';
import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type EpochMs, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

const saleSchema = z.object({
  sk: z.string(),
  recordedAt: storedInstantSchema,
  amountMinor: storedMinorSchema,
  currency: z.string(),
  earnsNothing: z.string().optional(),
});

/** Sums a partner's sales from the index that payouts read, in the months in which what was recorded then can count. */
export function makeSalesBetween(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): SalesBetween {
  return async (program, partnerId, fromMs, toMs) => {
    const amounts = new Map<Currency, bigint>();
    let recorded = 0;
    let held = 0;
    const { from, to } = conversionsBetween(toInstant(fromMs - OLD_NEWS_MS), toInstant(toMs));
    for (const period of periodsOf(program, fromMs - OLD_NEWS_MS, toMs)) {
      const pages = paginateQuery(
        { client: deps.documents },
        {
          TableName: deps.tableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: 'factsPk = :pk AND factsSk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': factsPartition(program.programId, partnerId, period),
            ':from': from,
            ':to': to,
          },
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const sale = saleSchema.parse(item);
          const recordedMs = toEpochMs(sale.recordedAt);
          // A copy of what a closed month has read is no sale of its own.
          if (sale.sk.startsWith(FORMER_SK_PREFIX) || recordedMs < fromMs || recordedMs >= toMs) continue;
          if (isHeldReason(sale.earnsNothing)) held += 1;
          if (sale.earnsNothing !== undefined) continue;
          recorded += 1;
          amounts.set(sale.currency, (amounts.get(sale.currency) ?? 0n) + sale.amountMinor);
        }
      }
    }
    return { recorded, held, amounts: sorted(amounts) };
  };
}

/** From the month of the first day, without a hold, to that of the last with one; a late fact counts in the first open month. */
function periodsOf(program: Program, fromMs: EpochMs, toMs: EpochMs): readonly Period[] {
  const zone = timeZoneOf(program.timeZone);
  const firstOpen = nextPeriod(program.closedThrough);
  const last = laterPeriod(periodOf(addCalendarDays(toMs, program.holdDays, zone), zone), firstOpen);
  const periods: Period[] = [];
  for (let period = periodOf(fromMs, zone); period <= last; period = nextPeriod(period)) periods.push(period);
  return periods;
}

function sorted(amounts: ReadonlyMap<Currency, bigint>): SalesSum['amounts'] {
  return [...amounts]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
