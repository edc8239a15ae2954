/** Files of banks lie apart from those for banks, which nobody who takes files in may write: no programme's id starts with an underscore. */
export const BANK_REPORTS_FOLDER = '_bank-reports';

/** Where a bank's file lies, by its digest. */
export function bankReportKeyOf(programId: string, reportId: string, extension: string): string {
  return `${BANK_REPORTS_FOLDER}/${programId}/${reportId}.${extension}`;
}
