import type { NothingReader } from '#shared/application/payouts/explain/explain-ports';
import { nothingSentence } from '#shared/domain/explain/explain-nothing-words';
import { reasonForPartner } from '#shared/domain/fraud/hold';
import type { NothingEarned } from '#shared/domain/statement/statement';
import { type StatementAccessDeps, type StatementAsked, visibleStatement } from './statement-access.ts';

/** A stored page has some 500 reasons: more than fill an answer. */
const PAGES_AT_ONCE = 1;

/** Where a list stands: reasons taken of the page after `page`. */
export type NothingPosition = { readonly page: number; readonly taken: number };

export type WordedNothing = NothingEarned & { readonly sentence: string };

export type ListNothingEarned = (
  asked: StatementAsked & { readonly from: NothingPosition; readonly limit: number },
) => Promise<{ readonly items: readonly WordedNothing[]; readonly next?: NothingPosition | undefined }>;

/**
 * Lists the sales of a statement that earned nothing, in the order of the sales, each reason in words: one a sale, or one
 * a component where each had its own.
 * @throws Failure not_found, also for another partner's statement
 */
export function makeListNothingEarned(
  deps: StatementAccessDeps & { readonly stated: NothingReader },
): ListNothingEarned {
  return async ({ from, limit, ...asked }) => {
    await visibleStatement(deps, asked);
    const shown = (entry: NothingEarned): NothingEarned =>
      asked.onlyPartners ? { ...entry, reason: reasonForPartner(entry.reason) } : entry;
    const items: WordedNothing[] = [];
    let { page, taken } = from;
    for (;;) {
      const read = await deps.stated.nothingPages(asked.programId, asked.statementId, {
        after: page,
        limit: PAGES_AT_ONCE,
      });
      for (const { ordinal, entries } of read.pages) {
        const left = entries.slice(taken, taken + limit - items.length);
        items.push(...left.map((entry) => ({ ...shown(entry), sentence: nothingSentence(entry) })));
        if (taken + left.length < entries.length) return { items, next: { page, taken: taken + left.length } };
        page = ordinal;
        taken = 0;
      }
      if (!read.more) return { items };
      if (items.length >= limit) return { items, next: { page, taken } };
    }
  };
}
