import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payoutRunDefinition } from '#infra/workflows/payout-run';
import { PAYPAL_MAX_PER_SECOND } from '#shared/adapters/rails/paypal-payouts';
import { STRIPE_MAX_PER_SECOND } from '#shared/adapters/rails/stripe-connect';
import { MAX_SUBMITTING_SHARDS, makePace, shareOf, submittingShards } from '#shared/application/payouts/paying/pace';

/** A clock that many sleep by: it goes on to the next sleeper when all wait. */
function aVirtualClock() {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    clock: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
    /** Lets time pass until `work` is done; timers may fire up to `earlyMs` too early. */
    async run(work: Promise<unknown>, earlyMs: () => number): Promise<void> {
      let isDone = false;
      void work.then(() => {
        isDone = true;
      });
      for (;;) {
        for (let settle = 0; settle < 8; settle += 1) await Promise.resolve();
        if (isDone) return;
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers.shift();
        if (!next) continue;
        now = Math.max(now, next.at - earlyMs());
        next.wake();
      }
    },
  };
}

/** The most calls in any second. */
function mostInASecond(calls: readonly number[]): number {
  const sorted = [...calls].sort((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [index, at] of sorted.entries()) {
    while ((sorted[from] ?? 0) <= at - 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

describe('the pace of submissions', () => {
  it.each([
    ['Stripe', STRIPE_MAX_PER_SECOND],
    ['PayPal', PAYPAL_MAX_PER_SECOND],
  ])('never exceeds the rate of %s in any second, however its shards interleave', async (_name, limit) => {
    const callers = MAX_SUBMITTING_SHARDS + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ startMs: fc.nat(1_500), calls: fc.integer({ min: 1, max: 9 }) }), {
          minLength: 1,
          maxLength: callers,
        }),
        fc.array(fc.record({ shard: fc.nat(callers - 1), atMs: fc.nat(2_000), untilMs: fc.nat(4_000) }), {
          maxLength: 3,
        }),
        fc.nat(3),
        async (shards, pauses, earlyMs) => {
          const { clock, sleep, run } = aVirtualClock();
          const calls: number[] = [];
          const work = shards.map(async ({ startMs, calls: count }, shard) => {
            const pace = makePace({ perSecond: shareOf(limit, MAX_SUBMITTING_SHARDS), clock, sleep });
            const pausing = pauses
              .filter((one) => one.shard === shard)
              .map(async ({ atMs, untilMs }) => {
                await sleep(atMs);
                pace.pauseUntil(untilMs);
              });
            await sleep(startMs);
            const taken = Array.from({ length: count }, async () => {
              await pace.take();
              calls.push(clock());
            });
            await Promise.all([...taken, ...pausing]);
          });
          let wakes = 0;
          // Every other timer fires too early.
          await run(Promise.all(work), () => (wakes++ % 2 === 0 ? earlyMs : 0));
          expect(calls).toHaveLength(shards.reduce((sum, { calls: count }) => sum + count, 0));
          expect(mostInASecond(calls)).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets nobody through before a pause is over', async () => {
    const { clock, sleep, run } = aVirtualClock();
    const pace = makePace({ perSecond: 2, clock, sleep });
    const calls: number[] = [];
    const take = async (): Promise<void> => {
      await pace.take();
      calls.push(clock());
    };
    await run(take(), () => 0);
    pace.pauseUntil(3_000);
    await run(Promise.all([take(), take()]), () => 0);
    expect(calls).toEqual([0, 3_000, 3_500]);
  });

  it.each([1, 5, 10, 100])('is shared by as many as the workflow runs at once, here %i', (shardsAtOnce) => {
    type Map = { readonly MaxConcurrency: number };
    const { States } = payoutRunDefinition({}, shardsAtOnce) as { readonly States: Readonly<Record<string, Map>> };
    expect(States.Compute?.MaxConcurrency).toBe(shardsAtOnce);
    expect(States.Submit?.MaxConcurrency).toBe(submittingShards(shardsAtOnce));
    for (const limit of [STRIPE_MAX_PER_SECOND, PAYPAL_MAX_PER_SECOND]) {
      expect(shareOf(limit, shardsAtOnce) * (submittingShards(shardsAtOnce) + 1)).toBeLessThanOrEqual(limit);
    }
  });

  it('cannot be shared by more callers than calls', () => {
    expect(shareOf(25, 10)).toBe(2);
    expect(shareOf(25, 5)).toBe(4);
    expect(() => shareOf(10, 10)).toThrow(RangeError);
  });
});
