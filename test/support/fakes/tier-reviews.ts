import { givenAwayBy, movesOf } from '#shared/application/partners/tiers/order-moves';
import type {
  GivenAwaySales,
  MonthPage,
  TierFacts,
  TierMemo,
  TierMemos,
} from '#shared/application/partners/tiers/tier-facts';
import type { TierReview, TierReviews } from '#shared/application/partners/tiers/tier-steps';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { FakeReferrals } from '#test/support/fakes/referrals';

/** The facts of fake referrals as tier reviews read them, in pages as long as asked. */
export function makeFakeTierFacts(
  { facts, conversions }: Pick<FakeReferrals, 'facts' | 'conversions'>,
  { pageSize = 500, fails = () => false }: { pageSize?: number; fails?: (period: Period) => boolean } = {},
): TierFacts & { readonly reads: { months: number; customers: number; orders: number } } {
  const reads = { months: 0, customers: 0, orders: 0 };
  const changedAt = async (programId: string, orderId: string): Promise<Instant | undefined> => {
    const order = await conversions.findOrder(programId, orderId);
    const changes = [...(order?.reattributions ?? []), ...(order?.holdRecords ?? [])];
    return changes
      .map(({ at }) => at)
      .sort()
      .at(-1);
  };
  return {
    reads,
    async month(programId, partnerId, period, after = '0'): Promise<MonthPage> {
      reads.months += 1;
      if (fails(period)) throw new Error('the store went away');
      const refunds = (await all(facts.refunds(programId, partnerId, period))).reverse();
      const sales = (await all(facts.conversions(programId, partnerId, period))).reverse();
      const rows = [
        ...refunds.map((refund) => ({ refund, sale: undefined })),
        ...sales.map((sale) => ({ sale, refund: undefined })),
      ];
      const begin = Number(after);
      const page = rows.slice(begin, begin + pageSize);
      const found = page.flatMap(({ sale }) => sale ?? []);
      return {
        sales: await Promise.all(
          found.map(async (sale) => ({
            ...sale,
            recordedAt: sale.recordedAt ?? sale.occurredAt,
            changedAt: sale.reattributedAt ?? (await changedAt(programId, sale.orderId)),
          })),
        ),
        refunds: page.flatMap(({ refund }) =>
          refund ? [{ ...refund, recordedAt: refund.recordedAt ?? refund.occurredAt }] : [],
        ),
        ...(rows.length > begin + pageSize ? { next: String(begin + pageSize) } : {}),
      };
    },
    async firstPurchases(programId, customerIds) {
      reads.customers += customerIds.length;
      return facts.firstPurchases(programId, customerIds);
    },
    async moves(programId, orderId, partnerId) {
      const order = await conversions.findOrder(programId, orderId);
      return order ? movesOf(order, partnerId) : [];
    },
    async refundMonths(programId, orderId) {
      reads.orders += 1;
      const order = await conversions.findOrder(programId, orderId);
      return order?.refunds.map(({ period }) => period) ?? [];
    },
  };
}

/** The sales that were moved with these fake referrals, by the ids of their orders. */
export function makeFakeGivenAway(
  { conversions }: Pick<FakeReferrals, 'conversions'>,
  orderIds: () => readonly string[],
): GivenAwaySales {
  return {
    async inPeriod(programId, period) {
      const orders = await Promise.all(orderIds().map((orderId) => conversions.findOrder(programId, orderId)));
      return orders.flatMap((order) =>
        order
          ? order.reattributions
              .filter(({ after }) => after.period === period)
              .flatMap(({ sequence }) => givenAwayBy(order, sequence) ?? [])
          : [],
      );
    },
  };
}

export function makeMemoryMemos(): TierMemos & { readonly kept: Map<string, TierMemo>; puts: number } {
  const kept = new Map<string, TierMemo>();
  const memos = {
    kept,
    puts: 0,
    find: async (programId: string, partnerIds: readonly string[]) =>
      new Map(
        partnerIds.flatMap((id) => {
          const memo = kept.get(`${programId}/${id}`);
          return memo ? [[id, memo] as const] : [];
        }),
      ),
    put: async (fresh: readonly TierMemo[]) => {
      memos.puts += fresh.length;
      for (const memo of fresh) kept.set(`${memo.programId}/${memo.partnerId}`, memo);
    },
  };
  return memos;
}

export function makeMemoryReviews(): TierReviews {
  const reviews = new Map<string, TierReview>();
  const finals = new Map<string, Awaited<ReturnType<TierReviews['final']>>>();
  return {
    record: async (review) => {
      const key = `${review.programId}/${review.asOf}/${review.after ?? ''}`;
      if (!reviews.has(key)) reviews.set(key, review);
    },
    async *list(programId) {
      for (const [, review] of [...reviews].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (review.programId === programId) yield review;
      }
    },
    final: async (programId) => finals.get(programId),
    setFinal: async (programId, through, at) => {
      if ((finals.get(programId)?.through ?? '') < through) finals.set(programId, { through, at });
    },
  };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
