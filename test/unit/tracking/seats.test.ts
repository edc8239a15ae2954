import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  pickShard,
  type SeatShard,
  seatsTaken,
  shardCount,
  shareOfShard,
  spreadLimit,
} from '#shared/domain/tracking/seats';

const aLimit = fc.integer({ min: 1, max: 1_000_000_000 });
const takens = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 32 });
const shardsOf = (taken: readonly number[]): SeatShard[] => taken.map((one, index) => ({ index, taken: one }));

describe('seats in shards', () => {
  it('share a limit out whole', () => {
    fc.assert(
      fc.property(aLimit, (limit) => {
        const shards = shardCount(limit);
        const shares = Array.from({ length: shards }, (_, index) => shareOfShard(limit, index, shards));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(limit);
        expect(shards).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('never give more than the limit, in whatever order seats are taken and come back', () => {
    const moves = fc.array(fc.record({ shard: fc.nat({ max: 31 }), isBack: fc.boolean() }), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), takens, moves, (limit, taken, steps) => {
        const shards = spreadLimit(limit, shardsOf(taken)).map((shard) => ({ ...shard }));
        let total = seatsTaken(shards);
        for (const { shard, isBack } of steps) {
          const one = shards[shard % shards.length] as { taken: number; places: number };
          if (isBack && one.taken > 0) one.taken -= 1;
          else if (!isBack && one.taken < one.places) {
            one.taken += 1;
            expect(seatsTaken(shards)).toBeLessThanOrEqual(limit);
          }
          total = seatsTaken(shards);
        }
        if (total < limit) expect(pickShard(spreadLimit(limit, shards), 0.5)).toBeDefined();
      }),
    );
  });

  it('are taken where there are some, and nowhere else', () => {
    fc.assert(
      fc.property(
        takens,
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (taken, limit, chance) => {
          const shards = spreadLimit(limit, shardsOf(taken));
          const picked = pickShard(shards, chance);
          expect(picked !== undefined).toBe(seatsTaken(shards) < limit);
          if (picked) expect(picked.taken).toBeLessThan(picked.places ?? 0);
        },
      ),
    );
  });
});
