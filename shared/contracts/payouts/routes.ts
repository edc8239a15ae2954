import { decideAdjustmentRoute } from '#shared/contracts/payouts/adjustments/decide-adjustment';
import { getAdjustmentRoute } from '#shared/contracts/payouts/adjustments/get-adjustment';
import { listAdjustmentsRoute } from '#shared/contracts/payouts/adjustments/list-adjustments';
import { recordAdjustmentRoute } from '#shared/contracts/payouts/adjustments/record-adjustment';
import { writeOffBalanceRoute } from '#shared/contracts/payouts/adjustments/write-off-balance';
import { exportAuditTrailRoute } from '#shared/contracts/payouts/audit/export-audit-trail';
import { listAuditTrailRoute } from '#shared/contracts/payouts/audit/list-audit-trail';
import { decideBankReportRoute } from '#shared/contracts/payouts/bank-reports/decide-bank-report';
import { decideBankReportEntryRoute } from '#shared/contracts/payouts/bank-reports/decide-bank-report-entry';
import { getBankReportRoute } from '#shared/contracts/payouts/bank-reports/get-bank-report';
import { listBankReportEntriesRoute } from '#shared/contracts/payouts/bank-reports/list-bank-report-entries';
import { listBankReportsRoute } from '#shared/contracts/payouts/bank-reports/list-bank-reports';
import { receiveBankReportRoute } from '#shared/contracts/payouts/bank-reports/receive-bank-report';
import { resolveBankReportEntryRoute } from '#shared/contracts/payouts/bank-reports/resolve-bank-report-entry';
import { booksRoutes } from '#shared/contracts/payouts/books-routes';
import { getFunnelRoute } from '#shared/contracts/payouts/figures/get-funnel';
import { getMonthSoFarRoute } from '#shared/contracts/payouts/figures/get-month-so-far';
import { holdPayoutsRoute } from '#shared/contracts/payouts/holds/hold-payouts';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/holds/list-payout-holds';
import { releasePayoutsRoute } from '#shared/contracts/payouts/holds/release-payouts';
import { exportLedgerRoute } from '#shared/contracts/payouts/ledger/export-ledger';
import { getBalanceRoute } from '#shared/contracts/payouts/ledger/get-balance';
import { getLiabilityRoute } from '#shared/contracts/payouts/ledger/get-liability';
import { listNegativeBalancesRoute } from '#shared/contracts/payouts/ledger/list-negative-balances';
import { askRailRoute } from '#shared/contracts/payouts/paying/ask-rail';
import { decidePayoutResolutionRoute } from '#shared/contracts/payouts/paying/decide-payout-resolution';
import { getBankFileRoute } from '#shared/contracts/payouts/paying/get-bank-file';
import { getPayoutRoute } from '#shared/contracts/payouts/paying/get-payout';
import { listBankFilesRoute } from '#shared/contracts/payouts/paying/list-bank-files';
import { listPayoutsRoute } from '#shared/contracts/payouts/paying/list-payouts';
import { proposePayoutResolutionRoute } from '#shared/contracts/payouts/paying/propose-payout-resolution';
import { discardPlanDraftRoute } from '#shared/contracts/payouts/plans/discard-plan-draft';
import { getPlanDraftRoute } from '#shared/contracts/payouts/plans/get-plan-draft';
import { listPlanDraftsRoute } from '#shared/contracts/payouts/plans/list-plan-drafts';
import { listPlansRoute } from '#shared/contracts/payouts/plans/list-plans';
import { publishPlanRoute } from '#shared/contracts/payouts/plans/publish-plan';
import { publishPlanDraftRoute } from '#shared/contracts/payouts/plans/publish-plan-draft';
import { savePlanDraftRoute } from '#shared/contracts/payouts/plans/save-plan-draft';
import { validatePlanRoute } from '#shared/contracts/payouts/plans/validate-plan';
import { changeControlsRoute } from '#shared/contracts/payouts/programs/change-controls';
import { changePayoutPolicyRoute } from '#shared/contracts/payouts/programs/change-payout-policy';
import { changePayoutSourceRoute } from '#shared/contracts/payouts/programs/change-payout-source';
import { changeSettingsRoute } from '#shared/contracts/payouts/programs/change-settings';
import { createProgramRoute } from '#shared/contracts/payouts/programs/create-program';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { listDisclosuresRoute } from '#shared/contracts/payouts/programs/list-disclosures';
import { listProgramChangesRoute } from '#shared/contracts/payouts/programs/list-program-changes';
import { listProgramsRoute } from '#shared/contracts/payouts/programs/list-programs';
import { listSettingsChangesRoute } from '#shared/contracts/payouts/programs/list-settings-changes';
import { listRailsRoute } from '#shared/contracts/payouts/rails/list-rails';
import { removeRailRoute } from '#shared/contracts/payouts/rails/remove-rail';
import { setRailRoute } from '#shared/contracts/payouts/rails/set-rail';
import { decidePayoutRunRoute } from '#shared/contracts/payouts/runs/decide-payout-run';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';
import { getRunReviewRoute } from '#shared/contracts/payouts/runs/get-run-review';
import { listPayoutRunsRoute } from '#shared/contracts/payouts/runs/list-payout-runs';
import { listReviewedPartnersRoute } from '#shared/contracts/payouts/runs/list-reviewed-partners';
import { openPayoutRunRoute } from '#shared/contracts/payouts/runs/open-payout-run';
import { getSimulationRoute } from '#shared/contracts/payouts/simulations/get-simulation';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulations/simulate-plan';
import { explainConversionRoute } from '#shared/contracts/payouts/statements/explain-conversion';
import { exportStatementRoute } from '#shared/contracts/payouts/statements/export-statement';
import { exportStatementPdfRoute } from '#shared/contracts/payouts/statements/export-statement-pdf';
import { listInvoicesRoute } from '#shared/contracts/payouts/statements/list-invoices';
import { listNothingEarnedRoute } from '#shared/contracts/payouts/statements/list-nothing-earned';
import { listStatementLinesRoute } from '#shared/contracts/payouts/statements/list-statement-lines';
import { listStatementsRoute } from '#shared/contracts/payouts/statements/list-statements';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the payouts service. */
export const payoutsRoutes: readonly RouteContract[] = [
  createProgramRoute,
  listProgramsRoute,
  getProgramRoute,
  changeControlsRoute,
  changeSettingsRoute,
  changePayoutPolicyRoute,
  changePayoutSourceRoute,
  setRailRoute,
  listRailsRoute,
  removeRailRoute,
  listSettingsChangesRoute,
  listProgramChangesRoute,
  listDisclosuresRoute,
  publishPlanRoute,
  listPlansRoute,
  savePlanDraftRoute,
  listPlanDraftsRoute,
  getPlanDraftRoute,
  validatePlanRoute,
  publishPlanDraftRoute,
  discardPlanDraftRoute,
  recordAdjustmentRoute,
  listAdjustmentsRoute,
  getAdjustmentRoute,
  decideAdjustmentRoute,
  getLiabilityRoute,
  listNegativeBalancesRoute,
  writeOffBalanceRoute,
  openPayoutRunRoute,
  listPayoutRunsRoute,
  getPayoutRunRoute,
  getRunReviewRoute,
  listReviewedPartnersRoute,
  decidePayoutRunRoute,
  listStatementsRoute,
  listStatementLinesRoute,
  listNothingEarnedRoute,
  exportStatementRoute,
  exportStatementPdfRoute,
  listInvoicesRoute,
  explainConversionRoute,
  getBalanceRoute,
  getMonthSoFarRoute,
  getFunnelRoute,
  ...booksRoutes,
  exportLedgerRoute,
  listAuditTrailRoute,
  exportAuditTrailRoute,
  holdPayoutsRoute,
  releasePayoutsRoute,
  listPayoutHoldsRoute,
  listPayoutsRoute,
  getPayoutRoute,
  askRailRoute,
  proposePayoutResolutionRoute,
  decidePayoutResolutionRoute,
  listBankFilesRoute,
  getBankFileRoute,
  receiveBankReportRoute,
  listBankReportsRoute,
  getBankReportRoute,
  listBankReportEntriesRoute,
  resolveBankReportEntryRoute,
  decideBankReportEntryRoute,
  decideBankReportRoute,
  simulatePlanRoute,
  getSimulationRoute,
];
