import type { TimeZone } from '#shared/domain/time-zone';
import { type ReadStatementDeps, readStatement, type StatementAsked } from './export-statement-reading.ts';
import { type StatementDocument, statementDocument } from './statement-pdf-document.ts';

const MAX_LINES = 10_000;

export type RenderStatement = (document: StatementDocument) => Promise<Uint8Array>;

export type ExportStatementPdf = (asked: StatementAsked) => Promise<Uint8Array>;

/**
 * A statement as PDF. The same statement gives the same bytes.
 * @throws Failure not_found, also for another partner's; invalid_request when it has more lines than one answer holds
 */
export function makeExportStatementPdf(
  deps: ReadStatementDeps & { readonly zone: (timeZone: string) => TimeZone; readonly render: RenderStatement },
): ExportStatementPdf {
  const limit = {
    maxLines: MAX_LINES,
    tooLong: 'This statement is too long to print: download its CSV, or page through its lines.',
  };
  return async (asked) => {
    const statement = await readStatement(deps, asked, limit);
    return deps.render(statementDocument(statement, deps.zone(statement.program.timeZone)));
  };
}
