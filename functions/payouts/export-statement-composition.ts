import { programReader, runs, statements } from '#functions/payouts/composition';
import { partnersTable } from '#functions/payouts/partners-composition';
import { makePartnerNames } from '#shared/adapters/dynamodb/partners/partner-names';
import type { ReadStatementDeps } from '#shared/application/payouts/statements/export-statement-reading';

/** What a file of a statement is made from. */
export const statementFileDeps: ReadStatementDeps = {
  programs: programReader,
  runs,
  statements,
  partners: makePartnerNames(partnersTable),
};

/** Headers of a file that is saved under the statement's id and kept by no cache. */
export function fileHeaders(statementId: string, extension: string, type: string): Readonly<Record<string, string>> {
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${statementId.replaceAll(/[~:]/g, '_')}.${extension}"`,
    'cache-control': 'no-store',
  };
}
