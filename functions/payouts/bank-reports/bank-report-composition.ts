import { ledger, payouts } from '#functions/payouts/ledger/ledger-composition';
import { clock, moneyTable, programs, runs } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeBankEntries, makeBankReports } from '#shared/adapters/dynamodb/money/bank-reports/bank-reports';
import {
  makeGetBankReport,
  makeListBankEntries,
  makeListBankReports,
} from '#shared/application/payouts/bank-reports/bank-report-lists';
import { makeBookBankEntry } from '#shared/application/payouts/bank-reports/book-bank-entry';
import { makeDecideBankReport } from '#shared/application/payouts/bank-reports/decide-bank-report';
import { makeRecordBankEntry } from '#shared/application/payouts/bank-reports/record-bank-entry';
import { makeDecideBankEntry, makeResolveBankEntry } from '#shared/application/payouts/bank-reports/resolve-bank-entry';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makeSettlePayout } from '#shared/application/payouts/paying/settle-payout';

/** HTTP APIs give up after 30 seconds; a page takes a second or two, longer on a busy table. */
const WORK_MS = 15_000;

export const bankReports = makeBankReports(moneyTable);
const entries = makeBankEntries(moneyTable);
const settle = makeSettlePayout({ payouts, advance: makeAdvancePayout({ ledger, payouts, clock }), log });
const book = makeBookBankEntry({ entries, settle });

/** The composition root of banks' reports. Their files and formats have their own, with the documents bucket. */
export const idempotency = makeIdempotencyStore({ ...moneyTable, clock, keep: 'for_ever' });
export const recordEntry = makeRecordBankEntry({ entries, book, digest, clock });
export const readReports = makeListBankReports({ programs, reports: bankReports });
export const readReport = makeGetBankReport({ reports: bankReports });
export const readEntries = makeListBankEntries({ programs, reports: bankReports, entries });
export const resolveEntry = makeResolveBankEntry({ entries, payouts, book, clock });
export const decideEntry = makeDecideBankEntry({ entries, payouts, book, clock });
export const decideReport = makeDecideBankReport({ reports: bankReports, entries, decide: decideEntry });
export { clock, payouts, programs, runs };

/** Until when this request works on. */
export function workingTime(): { readonly isOver: () => boolean } {
  const end = clock() + WORK_MS;
  return { isOver: () => clock() >= end };
}
