import type { PayoutHold, PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import type { ReviewOfRun, RunReviews } from '#shared/application/payouts/runs/review/review-ports';
import type { ReviewPage, ReviewSummary } from '#shared/domain/run/review-summary';
import { compareText } from '#shared/domain/time/instant';

/** Reviews in memory: each part is written once, as in the table. */
export function makeFakeReviews(): RunReviews & { readonly stored: Map<string, ReviewPage> } {
  const pages = new Map<string, ReviewPage>();
  const summaries = new Map<string, ReviewSummary>();
  const keyOf = ({ programId, runId, asOf }: ReviewOfRun): string => `${programId}#${runId}#${asOf}#`;
  const once = <T>(map: Map<string, T>, key: string, value: T): void => {
    if (map.has(key)) throw new Error(`${key} was written before`);
    map.set(key, value);
  };
  const sk = (shard: string, ordinal: number): string => `${shard}#${String(ordinal).padStart(6, '0')}`;
  return {
    stored: pages,
    putPage: async (review, page) => once(pages, `${keyOf(review)}${sk(page.shard, page.ordinal)}`, page),
    putSummary: async (review, summary) => once(summaries, keyOf(review), summary),
    summary: async (review) => summaries.get(keyOf(review)),
    async *pages(review, { shard, from } = {}) {
      const prefix = `${keyOf(review)}${shard === undefined ? '' : `${shard}#`}`;
      const first = from ? `${keyOf(review)}${sk(from.shard, from.ordinal)}` : prefix;
      for (const key of [...pages.keys()].sort(compareText)) {
        if (key.startsWith(prefix) && key >= first) yield pages.get(key)!;
      }
    },
  };
}

/** Standing holds in memory. */
export function makeFakePayoutHolds(): PayoutHolds & { readonly stored: Map<string, PayoutHold> } {
  const stored = new Map<string, PayoutHold>();
  const keyOf = (programId: string, partnerId: string, holdId: string): string => `${programId}#${partnerId}#${holdId}`;
  return {
    stored,
    hold: async (hold) => {
      const key = keyOf(hold.programId, hold.partnerId, hold.holdId);
      const known = stored.get(key) ?? hold;
      stored.set(key, known);
      return known;
    },
    release: async ({ programId, partnerId, holdId }, release) => {
      const key = keyOf(programId, partnerId, holdId);
      const known = stored.get(key)!;
      if (known.release) return false;
      stored.set(key, { ...known, release });
      return true;
    },
    find: async (...id) => stored.get(keyOf(...id)),
    async *all(programId, { partnerId, after } = {}) {
      for (const key of [...stored.keys()].sort(compareText)) {
        const hold = stored.get(key)!;
        if (hold.programId !== programId || (partnerId !== undefined && hold.partnerId !== partnerId)) continue;
        if (after && key <= keyOf(programId, after.partnerId, after.holdId)) continue;
        yield hold;
      }
    },
  };
}
