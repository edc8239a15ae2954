import { askRailRoute } from '#shared/contracts/payouts/ask-rail';
import { changeControlsRoute } from '#shared/contracts/payouts/change-controls';
import { changePayoutPolicyRoute } from '#shared/contracts/payouts/change-payout-policy';
import { changePayoutSourceRoute } from '#shared/contracts/payouts/change-payout-source';
import { changeSettingsRoute } from '#shared/contracts/payouts/change-settings';
import { createProgramRoute } from '#shared/contracts/payouts/create-program';
import { decideAdjustmentRoute } from '#shared/contracts/payouts/decide-adjustment';
import { decideBankReportRoute } from '#shared/contracts/payouts/decide-bank-report';
import { decideBankReportEntryRoute } from '#shared/contracts/payouts/decide-bank-report-entry';
import { decidePayoutResolutionRoute } from '#shared/contracts/payouts/decide-payout-resolution';
import { decidePayoutRunRoute } from '#shared/contracts/payouts/decide-payout-run';
import { discardPlanDraftRoute } from '#shared/contracts/payouts/discard-plan-draft';
import { explainConversionRoute } from '#shared/contracts/payouts/explain-conversion';
import { exportAuditTrailRoute } from '#shared/contracts/payouts/export-audit-trail';
import { exportLedgerRoute } from '#shared/contracts/payouts/export-ledger';
import { exportStatementRoute } from '#shared/contracts/payouts/export-statement';
import { exportStatementPdfRoute } from '#shared/contracts/payouts/export-statement-pdf';
import { getAdjustmentRoute } from '#shared/contracts/payouts/get-adjustment';
import { getBalanceRoute } from '#shared/contracts/payouts/get-balance';
import { getBankFileRoute } from '#shared/contracts/payouts/get-bank-file';
import { getBankReportRoute } from '#shared/contracts/payouts/get-bank-report';
import { getLiabilityRoute } from '#shared/contracts/payouts/get-liability';
import { getPayoutRoute } from '#shared/contracts/payouts/get-payout';
import { getPayoutRunRoute } from '#shared/contracts/payouts/get-payout-run';
import { getPlanDraftRoute } from '#shared/contracts/payouts/get-plan-draft';
import { getProgramRoute } from '#shared/contracts/payouts/get-program';
import { getRunReviewRoute } from '#shared/contracts/payouts/get-run-review';
import { getSimulationRoute } from '#shared/contracts/payouts/get-simulation';
import { holdPayoutsRoute } from '#shared/contracts/payouts/hold-payouts';
import { listAdjustmentsRoute } from '#shared/contracts/payouts/list-adjustments';
import { listAuditTrailRoute } from '#shared/contracts/payouts/list-audit-trail';
import { listBankFilesRoute } from '#shared/contracts/payouts/list-bank-files';
import { listBankReportEntriesRoute } from '#shared/contracts/payouts/list-bank-report-entries';
import { listBankReportsRoute } from '#shared/contracts/payouts/list-bank-reports';
import { listDisclosuresRoute } from '#shared/contracts/payouts/list-disclosures';
import { listInvoicesRoute } from '#shared/contracts/payouts/list-invoices';
import { listNegativeBalancesRoute } from '#shared/contracts/payouts/list-negative-balances';
import { listNothingEarnedRoute } from '#shared/contracts/payouts/list-nothing-earned';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/list-payout-holds';
import { listPayoutRunsRoute } from '#shared/contracts/payouts/list-payout-runs';
import { listPayoutsRoute } from '#shared/contracts/payouts/list-payouts';
import { listPlanDraftsRoute } from '#shared/contracts/payouts/list-plan-drafts';
import { listPlansRoute } from '#shared/contracts/payouts/list-plans';
import { listProgramsRoute } from '#shared/contracts/payouts/list-programs';
import { listRailsRoute } from '#shared/contracts/payouts/list-rails';
import { listReviewedPartnersRoute } from '#shared/contracts/payouts/list-reviewed-partners';
import { listSettingsChangesRoute } from '#shared/contracts/payouts/list-settings-changes';
import { listStatementLinesRoute } from '#shared/contracts/payouts/list-statement-lines';
import { listStatementsRoute } from '#shared/contracts/payouts/list-statements';
import { openPayoutRunRoute } from '#shared/contracts/payouts/open-payout-run';
import { proposePayoutResolutionRoute } from '#shared/contracts/payouts/propose-payout-resolution';
import { publishPlanRoute } from '#shared/contracts/payouts/publish-plan';
import { publishPlanDraftRoute } from '#shared/contracts/payouts/publish-plan-draft';
import { receiveBankReportRoute } from '#shared/contracts/payouts/receive-bank-report';
import { recordAdjustmentRoute } from '#shared/contracts/payouts/record-adjustment';
import { releasePayoutsRoute } from '#shared/contracts/payouts/release-payouts';
import { removeRailRoute } from '#shared/contracts/payouts/remove-rail';
import { resolveBankReportEntryRoute } from '#shared/contracts/payouts/resolve-bank-report-entry';
import { savePlanDraftRoute } from '#shared/contracts/payouts/save-plan-draft';
import { setRailRoute } from '#shared/contracts/payouts/set-rail';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulate-plan';
import { validatePlanRoute } from '#shared/contracts/payouts/validate-plan';
import { writeOffBalanceRoute } from '#shared/contracts/payouts/write-off-balance';
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
