import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overShards, type RangeProgress, type ShardCursor } from '#shared/application/payouts/runs/shard-ranges';
import type { ConversionFact } from '#shared/application/referral-facts';
import type { TimeBox } from '#shared/application/time-box';
import { aHalf, of, sale } from '#test/support/builders/computed-run';
import { instant, JANUARY } from '#test/support/builders/runs';

type Half = Awaited<ReturnType<typeof aHalf>>;

/** Time for so many looks at the clock, then none. */
const boxOf = (looks: number): TimeBox => {
  let left = looks;
  return { isOver: () => left-- <= 0 };
};

/** The workflow's loop: called again with its cursor until it is done. Answers how often it was called. */
async function untilDone(
  call: (cursor: ShardCursor | undefined, turn: number) => Promise<RangeProgress>,
  most = 500,
): Promise<number> {
  let cursor: ShardCursor | undefined;
  for (let turn = 1; turn <= most; turn += 1) {
    const progress: RangeProgress = await call(cursor, turn);
    if (progress.done) return turn;
    // As JSON, as the workflow hands it on.
    cursor = JSON.parse(JSON.stringify(progress.cursor)) as ShardCursor;
  }
  throw new Error(`not done in ${most} calls`);
}

const range = (runId: string, shards: readonly string[]) => ({
  programId: 'acme',
  runId,
  first: 0,
  last: shards.length - 1,
});

const PARTNERS = ['p1', 'p2', 'p3', 'p4', 'p5'];
const many = (partnerId: string, count: number): ConversionFact[] =>
  Array.from({ length: count }, (_, index) =>
    sale(`${partnerId}-${String(index).padStart(4, '0')}`, {
      partnerId,
      currency: index % 7 === 6 ? 'USD' : 'GBP',
      occurredAt: instant(`2026-01-${String(2 + (index % 20)).padStart(2, '0')}T00:00:00Z`),
    }),
  ).sort((a, b) => (`${a.occurredAt}${a.orderId}` < `${b.occurredAt}${b.orderId}` ? -1 : 1));
const SALES = [...many('p1', 3), ...many('p2', 12), ...many('p4', 8)];

async function opened(half: Half) {
  const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
  const { shards } = await half.plan({ programId: 'acme', runId });
  return { runId, shards };
}

/** What a run came to: its shard results with every amount and digest. */
async function resultsOf(half: Half, runId: string) {
  const found = [];
  for await (const result of half.money.shards.results('acme', runId)) found.push(result);
  return found;
}

describe('a shard that is cut wherever its time ends', () => {
  it('is computed and counted again to the same bytes, whatever the calls had time for', async () => {
    const whole = await aHalf([...SALES], PARTNERS);
    const { runId, shards } = await opened(whole);
    await untilDone((cursor) => overShards(whole.compute)({ ...range(runId, shards), cursor }));
    const expected = await resultsOf(whole, runId);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 13, max: 40 }), { minLength: 1, maxLength: 8 }), async (looks) => {
        const half = await aHalf([...SALES], PARTNERS);
        await opened(half);
        const inTurn = (turn: number): TimeBox => boxOf(looks[turn % looks.length]!);
        const calls = await untilDone((cursor, turn) =>
          overShards(half.compute)({ ...range(runId, shards), cursor }, inTurn(turn)),
        );
        expect(calls).toBeLessThan(20);
        expect(await resultsOf(half, runId)).toEqual(expected);
        expect((await of(half)).items).toEqual((await of(whole)).items);
        await untilDone((cursor, turn) => overShards(half.recount)({ ...range(runId, shards), cursor }, inTurn(turn)));
        expect((await half.money.runs.get('acme', runId))?.status).toBe('computing');
      }),
      { numRuns: 60 },
    );
  });

  it('repeats what it did when its answer was lost, and comes to the same', async () => {
    const whole = await aHalf([...SALES], PARTNERS);
    const { runId, shards } = await opened(whole);
    await overShards(whole.compute)(range(runId, shards));
    const half = await aHalf([...SALES], PARTNERS);
    await opened(half);
    await untilDone(async (cursor) => {
      await overShards(half.compute)({ ...range(runId, shards), cursor }, boxOf(14));
      return overShards(half.compute)({ ...range(runId, shards), cursor }, boxOf(17));
    });
    expect(await resultsOf(half, runId)).toEqual(await resultsOf(whole, runId));
  });

  it('ends the run when a fact changed between two calls of one partner', async () => {
    const sales = [...SALES];
    const half = await aHalf(sales, PARTNERS);
    const { runId, shards } = await opened(half);
    const cut = await overShards(half.compute)(range(runId, shards), boxOf(20));
    if (cut.done) throw new Error('there was time for everything');
    expect((await half.money.shards.part('acme', runId, shards[0]!, 'compute'))?.done).toContain('p1');
    const changed = sales.findIndex(({ partnerId }) => partnerId === 'p1');
    sales[changed] = { ...sales[changed]!, amountMinor: 1n };
    await untilDone(() => overShards(half.compute)({ ...range(runId, shards), cursor: cut.cursor }));
    await expect(overShards(half.recount)(range(runId, shards))).rejects.toMatchObject({ name: 'FactsChanged' });
  });

  it('says of a partner that no call has time for which one it is and what to do, and ends the run', async () => {
    const half = await aHalf([...SALES], PARTNERS);
    const { runId, shards } = await opened(half);
    let calls = 0;
    const looping = untilDone((cursor) => {
      calls += 1;
      return overShards(half.compute)({ ...range(runId, shards), cursor }, boxOf(9));
    });
    await expect(looping).rejects.toMatchObject({ name: 'PartnerTooLarge' });
    expect(calls).toBeLessThanOrEqual(13);
    const run = await half.money.runs.get('acme', runId);
    expect(run).toMatchObject({ status: 'failed', failures: [{ during: 'computing' }] });
    expect(run?.failures[0]?.reason).toMatch(/^Partner p2 has more sales in 2026-01 .* open the period again\.$/);
  });

  it('says so of one that cannot be counted again', async () => {
    const half = await aHalf([...SALES], PARTNERS);
    const { runId, shards } = await opened(half);
    await overShards(half.compute)(range(runId, shards));
    const looping = untilDone((cursor) => overShards(half.recount)({ ...range(runId, shards), cursor }, boxOf(9)));
    await expect(looping).rejects.toMatchObject({ name: 'PartnerTooLarge', message: expect.stringContaining('p2') });
  });
});

describe('a range of shards', () => {
  it('is gone through in order, one after the other, and is cut between them', async () => {
    const seen: string[] = [];
    const work = overShards(async ({ shard }) => {
      seen.push(shard);
      return {};
    });
    const ids = { programId: 'acme', runId: '2026-01.1' };
    const calls = await untilDone((cursor) => work({ ...ids, first: 40, last: 59, cursor }, boxOf(5)));
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => `0000${40 + index}`));
    expect(calls).toBe(4);
  });

  it('holds nothing when it is empty, and needs no time', async () => {
    const never = overShards(async () => {
      throw new Error('there is no shard');
    });
    expect(await never({ programId: 'acme', runId: 'r', first: 0, last: -1 }, boxOf(0))).toEqual({ done: true });
  });

  it('gets on in every call, also in one that has no time at all', async () => {
    const half = await aHalf([], PARTNERS);
    const { runId, shards } = await opened(half);
    const none = (): TimeBox => boxOf(0);
    const calls = await untilDone((cursor) => overShards(half.compute)({ ...range(runId, shards), cursor }, none()));
    expect(calls).toBeGreaterThan(1);
    expect((await resultsOf(half, runId))[0]?.statements).toHaveLength(PARTNERS.length);
  });
});
