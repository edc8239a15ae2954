import {
  MAX_REMEMBERED,
  type PartnerSales,
  SalesReading,
  type SalesWanted,
} from '#shared/application/partners/tiers/sales-reading';
import type { TierFacts, TierMemo, TierMemos } from '#shared/application/partners/tiers/tier-facts';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import type { Period } from '#shared/domain/time/instant';

/** Queries at once: enough to hide the store's latency, few enough not to be throttled. */
const QUERIES_AT_ONCE = 16;
type Dependencies = { readonly facts: TierFacts; readonly memos: TierMemos };

/**
 * Reads the sales of partners that tiers may count, complete but for `cutAt`. Months that can change no more are read once
 * and remembered: what comes later, a refund, a late sale, a release or a move to another partner, is a fact of a month that
 * is open then, because a counting sale of a closed month is neither held nor moved. A memo that does not reach back far
 * enough, or holds less than is asked, is not used. Months after those that may hold sales, many where a programme is years
 * behind, are read only of partners of whom a refund may lie there.
 * @returns nothing of a partner for whom the time was not enough; what was read of it is remembered for the next call
 */
export function makeReadSales({ facts, memos }: Dependencies) {
  return async (
    wanted: SalesWanted,
    partnerIds: readonly string[],
    { complete = false, box = UNLIMITED }: { readonly complete?: boolean; readonly box?: TimeBox } = {},
  ): Promise<ReadonlyMap<string, PartnerSales>> => {
    const known = wanted.finalThrough ? await memos.find(wanted.programId, partnerIds) : new Map<string, TierMemo>();
    const readings = partnerIds.map(
      (partnerId) => new SalesReading(wanted, partnerId, usable(known.get(partnerId), wanted, complete)),
    );
    await readFirstPages(facts, wanted, readings, (reading) => reading.saleMonths());
    await lookUp(facts, wanted, readings);
    for (const reading of readings) await readOn({ facts }, wanted, reading, { complete, box });
    const refunded = await refundedLater(facts, wanted, readings);
    await readFirstPages(facts, wanted, refunded, (reading) => reading.refundMonths());
    await lookUp(facts, wanted, refunded);
    for (const reading of refunded) await readOn({ facts }, wanted, reading, { complete, box });
    await settleMoves(facts, wanted, readings);
    await lookUp(facts, wanted, readings);
    const fresh = readings.flatMap((reading) => reading.memo() ?? []);
    if (fresh.length > 0) await memos.put(fresh);
    return new Map(
      readings.filter((reading) => !reading.isUnfinished).map((reading) => [reading.partnerId, reading.answer()]),
    );
  };
}

async function readFirstPages(
  facts: TierFacts,
  wanted: SalesWanted,
  readings: readonly SalesReading[],
  months: (reading: SalesReading) => readonly Period[],
): Promise<void> {
  const pages = readings.flatMap((reading) => months(reading).map((period) => ({ reading, period })));
  await forEachConcurrently(pages, QUERIES_AT_ONCE, async ({ reading, period }) => {
    reading.take(period, await facts.month(wanted.programId, reading.partnerId, period));
  });
}

/**
 * Partners of whom the months after the last sale may hold refunds. A sale that was read tells how much of it was refunded;
 * of one that is remembered its order tells when, unless there are more of them than of these months.
 */
async function refundedLater(
  facts: TierFacts,
  { programId, lastSale }: SalesWanted,
  readings: readonly SalesReading[],
): Promise<readonly SalesReading[]> {
  const found = new Set<SalesReading>();
  const toAsk: { readonly reading: SalesReading; readonly orderId: string }[] = [];
  for (const reading of readings) {
    const months = reading.refundMonths().length;
    const orders = reading.rememberedOrders();
    if (months === 0) continue;
    if (reading.lacksRefunds() || orders.length >= months) found.add(reading);
    else toAsk.push(...orders.map((orderId) => ({ reading, orderId })));
  }
  await forEachConcurrently(toAsk, QUERIES_AT_ONCE, async ({ reading, orderId }) => {
    const periods = found.has(reading) ? [] : await facts.refundMonths(programId, orderId);
    if (periods.some((period) => period > lastSale)) found.add(reading);
  });
  return [...found];
}

/** Further pages of partners with very many facts, a month after the other, until enough is there. */
async function readOn(
  { facts }: Pick<Dependencies, 'facts'>,
  wanted: SalesWanted,
  reading: SalesReading,
  { complete, box }: { readonly complete: boolean; readonly box: TimeBox },
): Promise<void> {
  for (const period of reading.periods()) {
    for (let next = reading.nextOf(period); next !== undefined; next = reading.nextOf(period)) {
      if (!complete && wanted.holds === 'firsts' && reading.firstsOf(period) >= MAX_REMEMBERED) {
        reading.cut(period);
        break;
      }
      if (box.isOver()) {
        reading.stopBefore(period);
        return;
      }
      reading.take(period, await facts.month(wanted.programId, reading.partnerId, period, next));
      await lookUp(facts, wanted, [reading]);
    }
  }
}

/** Which of the sales that were read are their customers' first purchases. */
async function lookUp(facts: TierFacts, wanted: SalesWanted, readings: readonly SalesReading[]): Promise<void> {
  const customers = new Set(readings.flatMap((reading) => reading.unknownCustomers()));
  if (customers.size === 0) return;
  const found = await facts.firstPurchases(wanted.programId, [...customers]);
  for (const reading of readings) reading.learnFirsts((customerId) => found.get(customerId)?.orderId);
}

/** Sales that were moved or held after what is to be known: as they were before. */
async function settleMoves(facts: TierFacts, wanted: SalesWanted, readings: readonly SalesReading[]): Promise<void> {
  for (const reading of readings) {
    for (const sale of reading.changedLater()) {
      const moves = await facts.moves(wanted.programId, sale.orderId, reading.partnerId);
      const undone = moves.find(({ at }) => at > wanted.knownAt);
      if (undone) reading.settle(sale, undone.partnerId === reading.partnerId, undone.earnsNothing);
    }
  }
}

function usable(memo: TierMemo | undefined, wanted: SalesWanted, complete: boolean): TierMemo | undefined {
  const { finalThrough } = wanted;
  if (!memo || finalThrough === undefined || memo.through > finalThrough || memo.from > wanted.from) return undefined;
  if (wanted.holds === 'all' && memo.holds !== 'all') return undefined;
  return complete && memo.cutAt !== undefined ? undefined : memo;
}
