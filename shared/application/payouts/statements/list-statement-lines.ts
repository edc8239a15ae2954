import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import { calculationOf } from '#shared/domain/statement/calculation-of';
import type { StatementLine } from '#shared/domain/statement/statement';
import { type StatementAsked, visibleStatement } from './statement-access.ts';

/** A stored page has hundreds of lines: few of them fill an answer. */
const PAGES_AT_ONCE = 2;

/** Where a list stands: lines taken of the page after `page`. */
export type LinePosition = { readonly page?: string | undefined; readonly taken: number };

export type ListStatementLines = (
  asked: StatementAsked & { readonly from: LinePosition; readonly limit: number },
) => Promise<{ readonly items: readonly StatementLine[]; readonly next?: LinePosition | undefined }>;

/** Lists a statement's lines in their order, each with its calculation. @throws Failure not_found, also for another partner's */
export function makeListStatementLines(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  statements: Pick<StatementReader, 'header' | 'pages'>;
}): ListStatementLines {
  return async ({ programId, statementId, onlyPartners, from, limit }) => {
    await visibleStatement(deps, { programId, statementId, onlyPartners });
    const items: StatementLine[] = [];
    let { page, taken } = from;
    for (;;) {
      const read = await deps.statements.pages(programId, statementId, { after: page, limit: PAGES_AT_ONCE });
      for (const { sk, lines } of read.items) {
        const left = lines.slice(taken, taken + limit - items.length);
        items.push(...left.map((line) => ({ ...line, calculation: calculationOf(line) })));
        if (taken + left.length < lines.length) return { items, next: { page, taken: taken + left.length } };
        page = sk;
        taken = 0;
      }
      if (!read.more || read.items.length === 0) return { items };
      if (items.length >= limit) return { items, next: { page, taken } };
    }
  };
}
