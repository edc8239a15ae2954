import type { NothingReader } from '#shared/application/payouts/explain/explain-ports';
import type { NothingEarned } from '#shared/domain/statement/statement';
import { type Compare, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';

/** A page has hundreds of reasons. */
const PAGES_AT_ONCE = 4;

export type NothingComparison = {
  /** The page of this number as it is recomputed; pages count from 1. */
  take(programId: string, statementId: string, ordinal: number, items: readonly NothingEarned[]): Promise<void>;
  /** No more pages of this statement: stored ones behind the last are too much. */
  end(programId: string, statementId: string): Promise<void>;
};

/**
 * Compares why sales earned nothing, which no digest covers, page by page with what is stored: a reason that was changed, left out
 * or slipped in is named by its order.
 */
export function makeNothingComparison(
  reader: NothingReader | undefined,
  differences: Pick<Differences, 'of'>,
): NothingComparison {
  const lastPages = new Map<string, number>();
  if (!reader) return { take: async () => undefined, end: async () => undefined };
  return {
    async take(programId, statementId, ordinal, items) {
      lastPages.set(statementId, ordinal);
      const { pages } = await reader.nothingPages(programId, statementId, { after: ordinal - 1, limit: 1 });
      const stored = pages.find((page) => page.ordinal === ordinal)?.entries ?? [];
      compareEntries(differences.of('statement', statementId), stored, items);
    },
    async end(programId, statementId) {
      let after = lastPages.get(statementId) ?? 0;
      lastPages.delete(statementId);
      for (let isLast = false; !isLast; ) {
        const { pages, more } = await reader.nothingPages(programId, statementId, { after, limit: PAGES_AT_ONCE });
        for (const { entries } of pages) compareEntries(differences.of('statement', statementId), entries, []);
        after = pages.at(-1)?.ordinal ?? after;
        isLast = !more || pages.length === 0;
      }
    },
  };
}

function compareEntries(
  compare: Compare,
  stored: readonly NothingEarned[],
  recomputed: readonly NothingEarned[],
): void {
  const left = new Map(stored.map((entry) => [fieldOf(entry), entry.reason]));
  for (const entry of recomputed) {
    const field = fieldOf(entry);
    compare(field, left.get(field) ?? MISSING, entry.reason);
    left.delete(field);
  }
  for (const [field, reason] of left) compare(field, reason, UNACCOUNTED);
}

function fieldOf({ conversionId, componentId }: NothingEarned): string {
  return `why ${conversionId} earned nothing${componentId === undefined ? '' : ` by ${componentId}`}`;
}
