import { approveAdjustment, declineAdjustment, showAdjustment } from '#console/books/adjustments/show-adjustment';
import { showAdjustments } from '#console/books/adjustments/show-adjustments';
import { recordAdjustment, showNewAdjustment } from '#console/books/adjustments/show-new-adjustment';
import { showAudit } from '#console/books/audit/show-audit';
import { showAuditRecord } from '#console/books/audit/show-audit-record';
import {
  continueVerification,
  downloadVerifications,
  runVerification,
  showVerifications,
} from '#console/books/audit/show-verifications';
import { showBalances } from '#console/books/balances/show-balances';
import { showOwingPartners } from '#console/books/balances/show-owing-partners';
import { showPartnerBalances } from '#console/books/balances/show-partner-balances';
import { showWriteOff, writeOff } from '#console/books/balances/show-write-off';
import {
  confirmBankEntry,
  declineBankEntry,
  handleBankEntry,
  matchBankEntry,
  showBankEntries,
} from '#console/books/bank-reports/show-bank-entries';
import { confirmBankReport, declineBankReport, showBankReport } from '#console/books/bank-reports/show-bank-report';
import { receiveBankReport, showBankReports } from '#console/books/bank-reports/show-bank-reports';
import { showJournal } from '#console/books/journal/show-journal';
import { showJournalEntry } from '#console/books/journal/show-journal-entry';
import { showLiability } from '#console/books/liability/show-liability';
import { downloadAuditTrail, downloadJournal, showExports } from '#console/books/show-exports';
import type { Action, Page } from '#functions/console/web/page';

/** The desk of finance beside the payout runs: books, corrections, bank and proof. */
export const booksPages: readonly (Page | Action)[] = [
  showJournal,
  showJournalEntry,
  showBalances,
  showPartnerBalances,
  showOwingPartners,
  showWriteOff,
  writeOff,
  showLiability,
  showAdjustments,
  showNewAdjustment,
  recordAdjustment,
  showAdjustment,
  approveAdjustment,
  declineAdjustment,
  showExports,
  downloadJournal,
  downloadAuditTrail,
  showAudit,
  showAuditRecord,
  showVerifications,
  runVerification,
  continueVerification,
  downloadVerifications,
  showBankReports,
  receiveBankReport,
  showBankEntries,
  matchBankEntry,
  handleBankEntry,
  confirmBankEntry,
  declineBankEntry,
  showBankReport,
  confirmBankReport,
  declineBankReport,
];
