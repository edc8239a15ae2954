import type { Redemption, RedemptionStore } from '#shared/application/referrals/redemptions/redemption-ports';
import { type SeatShard, shardCount, shareOfShard, spreadLimit } from '#shared/domain/tracking/seats';

/** Redemptions and seats in memory, with the conditions of the table. */
export function makeFakeRedemptions(): RedemptionStore {
  const redemptions = new Map<string, Redemption>();
  const counters = new Map<string, SeatShard[]>();
  const id = (programId: string, name: string): string => `${programId} ${name}`;
  const store = (redemption: Redemption): 'done' => {
    redemptions.set(id(redemption.programId, redemption.redemptionId), redemption);
    return 'done';
  };
  const stored = ({ programId, redemptionId, reservedUntil }: Redemption): Redemption | undefined => {
    const known = redemptions.get(id(programId, redemptionId));
    return known?.reservedUntil === reservedUntil ? known : undefined;
  };
  const put = (key: string, shard: SeatShard): void => {
    const others = (counters.get(key) ?? []).filter(({ index }) => index !== shard.index);
    counters.set(key, [...others, shard]);
  };
  return {
    shards: async (programId, code, limit) => {
      const known = new Map((counters.get(id(programId, code)) ?? []).map((shard) => [shard.index, shard]));
      const count = shardCount(limit);
      const indexes = new Set([...known.keys(), ...Array.from({ length: count }, (_, index) => index)]);
      return [...indexes]
        .sort((a, b) => a - b)
        .map((index) => known.get(index) ?? { index, taken: 0, places: shareOfShard(limit, index, count) });
    },
    rebalance: async (programId, code, limit, shards) => {
      for (const shard of spreadLimit(limit, shards)) put(id(programId, code), shard);
      return 'done';
    },
    find: async (programId, redemptionId) => redemptions.get(id(programId, redemptionId)),
    reserve: async (redemption, now, seat) => {
      const { programId, redemptionId, code } = redemption;
      const known = redemptions.get(id(programId, redemptionId));
      const hasLapsed = known?.status === 'reserved' && !known.limited && known.reservedUntil <= now;
      if (known && known.status !== 'released' && !hasLapsed) return 'exists';
      if (seat) {
        const key = id(programId, code);
        const { taken, places = seat.places } = (counters.get(key) ?? []).find(({ index }) => index === seat.index) ?? {
          taken: 0,
        };
        if (taken >= places) return 'contended';
        put(key, { index: seat.index, taken: taken + 1, places });
      }
      store(redemption);
      return 'reserved';
    },
    reprice: async (redemption) => {
      const known = stored(redemption);
      return known?.status === 'reserved' ? store({ ...known, spend: redemption.spend }) : 'changed';
    },
    confirm: async (redemption) => {
      const known = stored(redemption);
      if (!known || known.status === 'released') return 'changed';
      if (known.status === 'confirmed' && known.orderId !== undefined) return 'changed';
      return store({ ...known, status: 'confirmed', orderId: redemption.orderId });
    },
    release: async (redemption) => {
      const known = stored(redemption);
      if (known?.status !== 'reserved') return 'changed';
      const key = id(known.programId, known.code);
      const shard = (counters.get(key) ?? []).find(({ index }) => index === (known.shard ?? 0));
      if (known.limited && shard) put(key, { ...shard, taken: shard.taken - 1 });
      return store({ ...known, status: 'released' });
    },
    lapsed: async (programId, code, now, limit) =>
      [...redemptions.values()]
        .filter((one) => one.programId === programId && one.code === code && one.limited)
        .filter((one) => one.status === 'reserved' && one.reservedUntil < now)
        .sort((a, b) => (a.reservedUntil < b.reservedUntil ? -1 : 1))
        .slice(0, limit),
  };
}
