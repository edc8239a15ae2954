import type { ReportedEntry } from '#shared/application/payouts/bank-reports/bank-report-lists';
import type { BankReport } from '#shared/application/payouts/bank-reports/bank-report-ports';

/** A report as the API shows it: not where its file lies. */
export function reportAnswer({
  programId: _,
  documentKey: __,
  interruptedAt: ___,
  ...report
}: BankReport): Record<string, unknown> {
  return report;
}

/** An entry as the API shows it: without what only a repeat needs. */
export function entryAnswer(entry: ReportedEntry): Record<string, unknown> {
  const { programId: _, ordinal: __, seen: ___, version: ____, ...rest } = entry;
  return rest;
}
