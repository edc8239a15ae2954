import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CLICK_SHARDS } from '#shared/adapters/dynamodb/referrals/click-counters';
import { clickTotalKey, type Key } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { ClickTotals } from '#shared/application/tracking/ports';

/** DynamoDB's limit. */
const KEYS_A_BATCH = 100;
const BATCHES_AT_ONCE = 16;
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 640;

export type ReadDeps = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly random: () => number;
};

export const clickTotalsSchema = z.object({
  clicks: z.number().default(0),
  bots: z.number().default(0),
  prefetches: z.number().default(0),
  visitors: z.number().default(0),
});

export const plus = (a: ClickTotals | undefined, b: ClickTotals): ClickTotals => ({
  clicks: (a?.clicks ?? 0) + b.clicks,
  bots: (a?.bots ?? 0) + b.bots,
  prefetches: (a?.prefetches ?? 0) + b.prefetches,
  visitors: (a?.visitors ?? 0) + b.visitors,
});

/** Links' clicks since they were made: all shards, and what was counted before there were any. */
export async function readClickTotals(
  deps: ReadDeps,
  programId: string,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, ClickTotals>> {
  const slugOf = new Map<string, string>();
  const keys: Key[] = [];
  const shards = [undefined, ...Array.from({ length: CLICK_SHARDS }, (_, shard) => shard)];
  for (const slug of new Set(slugs)) {
    for (const shard of shards) {
      const key = clickTotalKey(programId, slug, shard);
      slugOf.set(key.pk, slug);
      keys.push(key);
    }
  }
  const totals = new Map<string, ClickTotals>();
  await batchGet(deps, keys, (item) => {
    const slug = slugOf.get(String(item.pk));
    if (slug !== undefined) totals.set(slug, plus(totals.get(slug), clickTotalsSchema.parse(item)));
  });
  return totals;
}

/** Items by their keys, in no order. */
export async function batchGet(
  deps: ReadDeps,
  keys: readonly Key[],
  take: (item: Record<string, unknown>) => void,
): Promise<void> {
  const starts = Array.from({ length: Math.ceil(keys.length / KEYS_A_BATCH) }, (_, batch) => batch * KEYS_A_BATCH);
  await forEachConcurrently(starts, BATCHES_AT_ONCE, async (start) => {
    let open: Record<string, unknown>[] = keys.slice(start, start + KEYS_A_BATCH);
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt >= MAX_ATTEMPTS) throw new Error('the table left keys of a batch unread');
      if (attempt > 0) await deps.pause(deps.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
      const answer = await deps.documents.send(
        new BatchGetCommand({ RequestItems: { [deps.tableName]: { Keys: open } } }),
      );
      for (const item of answer.Responses?.[deps.tableName] ?? []) take(item);
      open = answer.UnprocessedKeys?.[deps.tableName]?.Keys ?? [];
    }
  });
}
