import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapInOrder } from '#shared/application/payouts/concurrency';
import { collected } from '#test/support/collected';

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

describe('work on several items at once', () => {
  it('is answered in their order, and no more is under way than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 25 }), fc.integer({ min: 1, max: 6 }), async (turns, limit) => {
        let [now, most] = [0, 0];
        const answers = mapInOrder(given(turns.map((turn, index) => ({ turn, index }))), limit, async (item) => {
          now += 1;
          most = Math.max(most, now);
          for (let turn = 0; turn < item.turn; turn += 1) await Promise.resolve();
          now -= 1;
          return item.index;
        });
        expect(await collected(answers)).toEqual(turns.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('fails with the first failure in that order, when what was under way has ended', async () => {
    const ended: number[] = [];
    const answers = mapInOrder(given([1, 2, 3, 4]), 3, async (item) => {
      for (let turn = 0; turn < 20 / item; turn += 1) await Promise.resolve();
      ended.push(item);
      if (item >= 2) throw new Error(`no ${item}`);
      return item;
    });
    await expect(collected(answers)).rejects.toThrow('no 2');
    expect(ended.toSorted()).toEqual([1, 2, 3, 4]);
  });
});
