import * as z from 'zod';
import { programReader, runs, statements, table } from '#functions/payouts/composition';
import { partnersTable } from '#functions/payouts/partners-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import { makePartnerNames } from '#shared/adapters/dynamodb/partners/partner-names';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import type { ReadStatementDeps } from '#shared/application/payouts/statements/export-statement-reading';
import type { ProgramReader } from '#shared/application/programs';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

/** What a file of a statement is made from. */
export const statementFileDeps: ReadStatementDeps & Pick<ProgramReader, 'zone'> = {
  zone: programReader.zone,
  programs: programReader,
  runs,
  statements,
  partners: makePartnerNames(partnersTable),
  invoices: makeInvoices(table),
  facts: makeReferralFacts({ documents, tableName: environment.REFERRALS_TABLE }),
};

/** Headers of a file that is saved under the statement's id and kept by no cache. */
export function fileHeaders(statementId: string, extension: string, type: string): Readonly<Record<string, string>> {
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${statementId.replaceAll(/[~:]/g, '_')}.${extension}"`,
    'cache-control': 'no-store',
  };
}
