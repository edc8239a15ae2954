import {
  bankReports,
  clock,
  payouts,
  programs,
  recordEntry,
  runs,
} from '#functions/payouts/bank-reports/bank-report-composition';
import { bucket } from '#functions/payouts/paying/document-composition';
import { moneyTable } from '#functions/payouts/task-composition';
import { digest } from '#shared/adapters/digest';
import { bankReportKeyOf } from '#shared/adapters/documents/bank-report-files';
import { makeBankFiles } from '#shared/adapters/dynamodb/money/ledger/bank-files';
import { bankFormats } from '#shared/adapters/rails/bank-reports/bank-formats';
import { makeExpandReport } from '#shared/application/payouts/bank-reports/expand-report';
import { makeFindReportedPayouts } from '#shared/application/payouts/bank-reports/find-reported-payouts';
import { makeProcessBankReport } from '#shared/application/payouts/bank-reports/process-bank-report';
import { makeReceiveBankReport } from '#shared/application/payouts/bank-reports/receive-bank-report';

const find = makeFindReportedPayouts({ runs, payouts, digest });

export const processReport = makeProcessBankReport({
  reports: bankReports,
  documents: bucket,
  formats: bankFormats,
  expand: makeExpandReport({
    files: makeBankFiles(moneyTable),
    documents: bucket,
    formats: bankFormats,
    find,
    payouts,
  }),
  find,
  payouts,
  record: recordEntry,
  digest,
  clock,
});

/** Taking in banks' messages, which needs their formats and the documents bucket. */
export const receiveReport = makeReceiveBankReport({
  programs,
  reports: bankReports,
  documents: bucket,
  formats: bankFormats,
  keyOf: bankReportKeyOf,
  process: processReport,
  digest,
  clock,
});
