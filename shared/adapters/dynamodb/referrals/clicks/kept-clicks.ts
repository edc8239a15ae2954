import * as z from 'zod';
import { batchGet, type ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { clickKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { KeptClick, KeptClicks } from '#shared/application/tracking/clicks/click-ports';

/** A mark of an earlier version says nothing but that the click was counted. */
const keptSchema = z.object({
  clickId: z.string(),
  slug: z.string(),
  partnerId: z.string().optional(),
  at: z.number(),
  kind: z.enum(['human', 'bot', 'prefetch']),
  isPaidSearch: z.boolean().default(false),
  country: z.string().optional(),
  subs: z.array(z.string()).default([]),
});

/** Raw touches, for checks of a sale against the click that it names. */
export function makeKeptClicks(deps: ReadDeps): KeptClicks {
  return {
    find: async (programId, clickIds) => {
      const found: KeptClick[] = [];
      const keys = [...new Set(clickIds)].map((clickId) => clickKey(programId, clickId));
      await batchGet(deps, keys, (item) => {
        const { success, data } = keptSchema.safeParse(item);
        if (success) found.push(data);
      });
      return found.sort((a, b) => a.at - b.at);
    },
  };
}
