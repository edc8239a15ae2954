import { listAuditVerificationsRoute } from '#shared/contracts/payouts/audit/list-audit-verifications';
import { verifyAuditTrailRoute } from '#shared/contracts/payouts/audit/verify-audit-trail';
import { getJournalEntryRoute } from '#shared/contracts/payouts/ledger/get-journal-entry';
import { listBalancesRoute } from '#shared/contracts/payouts/ledger/list-balances';
import { listJournalEntriesRoute } from '#shared/contracts/payouts/ledger/list-journal-entries';
import { listLedgerAccountsRoute } from '#shared/contracts/payouts/ledger/list-ledger-accounts';
import { listPayoutResolutionsRoute } from '#shared/contracts/payouts/paying/list-payout-resolutions';
import type { RouteContract } from '#shared/contracts/route';

/** What finance reads of the books, beside the files that it exports. */
export const booksRoutes: readonly RouteContract[] = [
  listJournalEntriesRoute,
  getJournalEntryRoute,
  listLedgerAccountsRoute,
  listBalancesRoute,
  verifyAuditTrailRoute,
  listAuditVerificationsRoute,
  listPayoutResolutionsRoute,
];
