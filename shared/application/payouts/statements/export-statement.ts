import { Failure } from '#shared/application/failure';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { type ReadStatementDeps, readStatement } from './export-statement-reading.ts';
import type { StatementAsked } from './statement-access.ts';
import { statementCsv } from './statement-csv.ts';

/** A Lambda answer holds 6 MB. */
const MAX_BYTES = 5_900_000;
/** At some 250 bytes a line about 4 MB: a Lambda answer holds 6 MB. */
const LIMIT = {
  maxLines: 15_000,
  tooLong: 'This statement is too long for one file: page through its lines instead.',
};

export type ExportStatement = (asked: StatementAsked) => Promise<string>;

/**
 * A statement as CSV, with programme, partner, period, its lines, totals and both balances.
 * @throws Failure not_found, also for another partner's; invalid_request when it is longer than one answer holds
 */
export function makeExportStatement(
  deps: ReadStatementDeps & { readonly zone: (timeZone: string) => TimeZone },
): ExportStatement {
  return async (asked) => {
    const statement = await readStatement(deps, asked, LIMIT);
    const file = statementCsv(statement, deps.zone(statement.program.timeZone));
    // As the answer carries it: quotes and line ends are escaped there.
    if (new TextEncoder().encode(JSON.stringify(file)).byteLength <= MAX_BYTES) return file;
    throw new Failure('invalid_request', LIMIT.tooLong, {
      errors: [{ pointer: 'path:statementId', rule: `must fit into ${MAX_BYTES} bytes` }],
    });
  };
}
