import * as z from 'zod';
import { batchGet, type ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { FIRST_SPREAD, spreadOf } from '#shared/adapters/dynamodb/referrals/clicks/click-spread';
import { clickSpreadKey, clickTotalKey, type Key } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ClickTotals } from '#shared/application/tracking/ports';

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

/**
 * Links' clicks since they were made: all shards, and what was counted before there were any. Most links have one shard, which
 * is read together with how many there are.
 */
export async function readClickTotals(
  deps: ReadDeps,
  programId: string,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, ClickTotals>> {
  const totals = new Map<string, ClickTotals>();
  const slugOf = new Map<string, string>();
  const keyOf = (slug: string, shard?: number): Key => {
    const key = clickTotalKey(programId, slug, shard);
    slugOf.set(key.pk, slug);
    return key;
  };
  const more: Key[] = [];
  const take = (item: Record<string, unknown>): void => {
    const slug = slugOf.get(String(item.pk));
    if (slug === undefined) return;
    if (item.sk !== clickSpreadKey(programId, slug).sk) {
      totals.set(slug, plus(totals.get(slug), clickTotalsSchema.parse(item)));
      return;
    }
    for (let shard = FIRST_SPREAD; shard < spreadOf(item); shard += 1) more.push(keyOf(slug, shard));
  };
  const first = [...new Set(slugs)].flatMap((slug) => [
    keyOf(slug),
    clickSpreadKey(programId, slug),
    ...Array.from({ length: FIRST_SPREAD }, (_, shard) => keyOf(slug, shard)),
  ]);
  await batchGet(deps, first, take, true);
  await batchGet(deps, more, take);
  return totals;
}
