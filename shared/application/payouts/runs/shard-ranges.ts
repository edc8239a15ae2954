import { type TimeBox, UNLIMITED } from '#shared/application/time-box';

/**
 * Children of one map. Their list and their results stay far below the 256 KB of a state, one page lists them, and a
 * million partners are a thousand children that each go through a thousand.
 */
const MAX_CHILDREN = 1_000;
const SHARD_DIGITS = 6;

/** How the shards of a run are dealt out: child `n` takes those from `n * shardsAChild` on. */
export type Children = { readonly shardCount: number; readonly childCount: number; readonly shardsAChild: number };

export function childrenOf(shardCount: number): Children {
  const shardsAChild = Math.max(1, Math.ceil(shardCount / MAX_CHILDREN));
  return { shardCount, childCount: Math.ceil(shardCount / shardsAChild), shardsAChild };
}

export const shardName = (index: number): string => String(index).padStart(SHARD_DIGITS, '0');

export function shardNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => shardName(index));
}

/** Where a range stands: at which shard, and in it after which item. Ids, never amounts. */
export type ShardCursor = { readonly shard: number; readonly after?: string | undefined };

export type ShardRange = {
  readonly programId: string;
  readonly runId: string;
  readonly first: number;
  readonly last: number;
  readonly cursor?: ShardCursor | undefined;
};

export type RangeProgress = { readonly done: true } | { readonly done: false; readonly cursor: ShardCursor };

/** What is done with one shard; `after`: it was cut there, and goes on when it is called with it. */
export type ShardWork = (
  input: {
    readonly programId: string;
    readonly runId: string;
    readonly shard: string;
    readonly after?: string | undefined;
  },
  box: TimeBox,
) => Promise<{ readonly after?: string | undefined }>;

/**
 * Works through a range of shards until the time is over, and answers the cursor to go on with. Each call gets on by at least
 * one item or, where an item takes longer than a call, by what its work keeps. A repeat with an older cursor repeats work
 * that is repeatable.
 */
export function overShards(work: ShardWork): (range: ShardRange, box?: TimeBox) => Promise<RangeProgress> {
  return async ({ programId, runId, first, last, cursor }, box = UNLIMITED) => {
    let { shard, after } = cursor ?? ({ shard: first } as ShardCursor);
    for (;;) {
      if (shard > last) return { done: true };
      ({ after } = await work({ programId, runId, shard: shardName(shard), after }, box));
      if (after === undefined) shard += 1;
      if (shard <= last && box.isOver()) return { done: false, cursor: { shard, after } };
    }
  };
}
