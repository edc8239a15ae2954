import { Failure } from '#shared/application/failure';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { type ReadStatementDeps, readStatement } from './export-statement-reading.ts';
import type { StatementAsked } from './statement-access.ts';
import { type StatementDocument, statementDocument } from './statement-pdf-document.ts';

/** 10,000 lines are some 300 pages: measured 2.4 s of one CPU, 380 MB and 1.8 MB of file. */
const MAX_LINES = 10_000;
/** A Lambda answer holds 6 MB, and a file that is not text goes as base64: four bytes for three. */
const MAX_BYTES = 4_400_000;
const TOO_LONG = 'This statement is too long to print: download its CSV, or page through its lines.';

export type RenderStatement = (document: StatementDocument) => Promise<Uint8Array>;

export type ExportStatementPdf = (asked: StatementAsked) => Promise<Uint8Array>;

/**
 * A statement as PDF. The same statement gives the same bytes.
 * @throws Failure not_found, also for another partner's; invalid_request when it is longer than one answer holds
 */
export function makeExportStatementPdf(
  deps: ReadStatementDeps & { readonly zone: (timeZone: string) => TimeZone; readonly render: RenderStatement },
): ExportStatementPdf {
  return async (asked) => {
    const statement = await readStatement(deps, asked, { maxLines: MAX_LINES, tooLong: TOO_LONG });
    const file = await deps.render(statementDocument(statement, deps.zone(statement.program.timeZone)));
    if (file.byteLength <= MAX_BYTES) return file;
    throw new Failure('invalid_request', TOO_LONG, {
      errors: [{ pointer: 'path:statementId', rule: `must fit into ${MAX_BYTES} bytes when printed` }],
    });
  };
}
