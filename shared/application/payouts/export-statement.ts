import { type ReadStatementDeps, readStatement, type StatementAsked } from './export-statement-reading.ts';
import { statementCsv } from './statement-csv.ts';

/** At some 250 bytes a line about 4 MB: a Lambda answer holds 6 MB. */
const LIMIT = {
  maxLines: 15_000,
  tooLong: 'This statement is too long for one file: page through its lines instead.',
};

export type ExportStatement = (asked: StatementAsked) => Promise<string>;

/**
 * A statement as CSV, with programme, partner, period, its lines, totals and both balances.
 * @throws Failure not_found, also for another partner's; invalid_request when it has more lines than one answer holds
 */
export function makeExportStatement(deps: ReadStatementDeps): ExportStatement {
  return async (asked) => statementCsv(await readStatement(deps, asked, LIMIT));
}
