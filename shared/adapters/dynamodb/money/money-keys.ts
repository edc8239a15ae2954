import { parseRunId } from '#shared/domain/ledger/money-ids';
import type { Instant, Period } from '#shared/domain/time/instant';

/**
 * Every key of the Money table is joined here and nowhere else.
 * Ids hold neither `#` (which joins the parts of a key) nor `~` (which joins the parts of an id).
 */
export type Key = { readonly pk: string; readonly sk: string };
export type PeriodKey = { readonly periodPk: string; readonly periodSk: string };
export type ContractKey = { readonly contractPk: string; readonly contractSk: string };

/** Indexes: programmes for other services, and what belongs to a programme and a period. */
export const CONTRACT_INDEX = 'contract';
export const BY_PERIOD_INDEX = 'by-period';

/** Widths that keep the text order of a number in a sort key. */
const ATTEMPT_DIGITS = 4;
const VERSION_DIGITS = 10;
const ORDINAL_DIGITS = 6;

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

// Programmes, plans, adjustments.

export function programKey(programId: string): Key {
  return { pk: `${programId}#PROGRAM`, sk: 'PROGRAM' };
}

/** Contract index: the programmes of the installation, for every service. */
export const PROGRAMS_CONTRACT_PK = 'PROGRAMS';
export function programContractKey(programId: string): ContractKey {
  return { contractPk: PROGRAMS_CONTRACT_PK, contractSk: programId };
}

export function controlsPk(programId: string): string {
  return `${programId}#CONTROLS`;
}
/** A change of a programme's controls, kept under its number. */
export function controlsChangeKey(programId: string, version: number): Key {
  return { pk: controlsPk(programId), sk: `CONTROLS#${padded(version, ORDINAL_DIGITS)}` };
}

export function settingsPk(programId: string): string {
  return `${programId}#SETTINGS`;
}
/** A change of a programme's settings, kept under its number. */
export function settingsChangeKey(programId: string, version: number): Key {
  return { pk: settingsPk(programId), sk: `SETTINGS#${padded(version, ORDINAL_DIGITS)}` };
}

export function invoicesPk(programId: string, partnerId: string): string {
  return `${programId}#INVOICES#${partnerId}`;
}
/** A self-billing invoice under its number in the partner's series. */
export function invoiceKey(programId: string, partnerId: string, sequence: number): Key {
  return { pk: invoicesPk(programId, partnerId), sk: `INVOICE#${padded(sequence, ORDINAL_DIGITS)}` };
}

export function policyPk(programId: string): string {
  return `${programId}#POLICY`;
}
/** A change of a programme's payout policy, kept under its number. */
export function policyChangeKey(programId: string, version: number): Key {
  return { pk: policyPk(programId), sk: `POLICY#${padded(version, ORDINAL_DIGITS)}` };
}

export function plansPk(programId: string): string {
  return `${programId}#PLANS`;
}
/** Whether a text is a sort key of `planKey`. */
export function isPlanSk(sk: string): boolean {
  return /^PLAN#\d{10}$/.test(sk);
}
export function planKey(programId: string, version: number): Key {
  return { pk: plansPk(programId), sk: `PLAN#${padded(version, VERSION_DIGITS)}` };
}

export function planDraftsPk(programId: string): string {
  return `${programId}#PLAN_DRAFTS`;
}
export function isPlanDraftSk(sk: string): boolean {
  return /^DRAFT#[^#]+$/.test(sk);
}
/** A plan that is still being written. All drafts of a programme are one partition. */
export function planDraftKey(programId: string, draftId: string): Key {
  return { pk: planDraftsPk(programId), sk: `DRAFT#${draftId}` };
}

/** Partition of a simulation: what was asked and its state, and a mark for each shard that is done. */
export function simulationPk(programId: string, simulationId: string): string {
  return `${programId}#SIMULATION#${simulationId}`;
}
export function simulationKey(programId: string, simulationId: string): Key {
  return { pk: simulationPk(programId, simulationId), sk: 'SIMULATION' };
}
export const SIMULATED_SK_PREFIX = 'SIMULATED#';
export function simulatedShardKey(programId: string, simulationId: string, shard: string): Key {
  return { pk: simulationPk(programId, simulationId), sk: `${SIMULATED_SK_PREFIX}${shard}` };
}

export function adjustmentKey(programId: string, adjustmentId: string): Key {
  return { pk: `${programId}#ADJUSTMENT#${adjustmentId}`, sk: 'ADJUSTMENT' };
}
export function adjustmentsPeriodPk(programId: string, period: Period): string {
  return `${programId}#ADJUSTMENTS#${period}`;
}
/** Prefix of one partner's adjustments inside a period. */
export function adjustmentsOfPartner(partnerId: string): string {
  return `${partnerId}#`;
}
export function adjustmentPeriodKey(
  programId: string,
  period: Period,
  adjustment: { readonly partnerId: string; readonly occurredAt: Instant; readonly adjustmentId: string },
): PeriodKey {
  return {
    periodPk: adjustmentsPeriodPk(programId, period),
    periodSk: `${adjustmentsOfPartner(adjustment.partnerId)}${adjustment.occurredAt}#${adjustment.adjustmentId}`,
  };
}

/** A proposed adjustment, beside the fact that it may become. */
export function proposalKey(programId: string, adjustmentId: string): Key {
  return { pk: adjustmentKey(programId, adjustmentId).pk, sk: 'PROPOSAL' };
}
export function proposalsPeriodPk(programId: string, period: Period): string {
  return `${programId}#ADJUSTMENT_PROPOSALS#${period}`;
}
export function proposalPeriodKey(
  programId: string,
  period: Period,
  proposal: { readonly partnerId: string; readonly occurredAt: Instant; readonly adjustmentId: string },
): PeriodKey {
  const { periodSk } = adjustmentPeriodKey(programId, period, proposal);
  return { periodPk: proposalsPeriodPk(programId, period), periodSk };
}
/** Proposals of a programme that wait for a decision, of all periods; in the contract index only while so. */
export function pendingAdjustmentsPk(programId: string): string {
  return `${programId}#PENDING_ADJUSTMENTS`;
}
export function pendingAdjustmentKey(
  programId: string,
  proposal: { readonly period: Period; readonly partnerId: string; readonly adjustmentId: string },
): ContractKey {
  const { period, partnerId, adjustmentId } = proposal;
  return { contractPk: pendingAdjustmentsPk(programId), contractSk: `${period}#${partnerId}#${adjustmentId}` };
}
/** The end of a period's pending proposals: `~` sorts after every character of an id. */
export function pendingThrough(period: Period): string {
  return `${period}#~`;
}
/** What one maker recorded without a second person, for a partner, currency and period, in one direction. */
export function adjustedSumKey(
  programId: string,
  of: {
    readonly period: Period;
    readonly partnerId: string;
    readonly currency: string;
    readonly direction: string;
    readonly maker: string;
  },
): Key {
  const { period, partnerId, currency, direction, maker } = of;
  return { pk: `${programId}#ADJUSTED#${period}`, sk: `${partnerId}#${currency}#${direction}#${maker}` };
}

// Payout runs.

export function runsPk(programId: string): string {
  return `${programId}#RUNS`;
}
export const RUN_SK_PREFIX = 'RUN#';
/** Prefix of all attempts of one period. */
export function runsOfPeriod(period: Period): string {
  return `${RUN_SK_PREFIX}${period}.`;
}
/** The run's status item. All runs of a programme are one partition, read consistently and in order. */
export function runKey(programId: string, runId: string): Key {
  const parts = parseRunId(runId);
  if (!parts) throw new RangeError(`no run id: ${runId}`);
  return { pk: runsPk(programId), sk: `${runsOfPeriod(parts.period)}${padded(parts.attempt, ATTEMPT_DIGITS)}` };
}

/** Whether a text is a sort key of `runKey`. */
export function isRunSk(sk: string): boolean {
  return /^RUN#\d{4}-\d{2}\.\d{4}$/.test(sk);
}

/** Partition of what a run leaves behind: shards, results, decisions, the task token, bank files. */
export function runDetailsPk(programId: string, runId: string): string {
  return `${programId}#RUN#${runId}`;
}
export const DECISION_SK_PREFIX = 'DECISION#';
/** One decision a person and run: a second one meets the first. */
export function decisionKey(programId: string, runId: string, principalId: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: `${DECISION_SK_PREFIX}${principalId}` };
}
/** The task token of the waiting workflow. No API returns it. */
export function taskTokenKey(programId: string, runId: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: 'TOKEN' };
}
export const SHARD_SK_PREFIX = 'SHARD#';
/** Partner ids of one shard, fixed when the run is planned. */
export function shardKey(programId: string, runId: string, shard: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: `${SHARD_SK_PREFIX}${shard}` };
}
export const RESULT_SK_PREFIX = 'RESULT#';
/** Ids, digests and totals of the statements of one shard. */
export function shardResultKey(programId: string, runId: string, shard: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: `${RESULT_SK_PREFIX}${shard}` };
}
/** What a shard that was cut has come to so far, in one step of the run. */
export function shardPartKey(programId: string, runId: string, shard: string, step: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: `PART#${step}#${shard}` };
}
/** Pages of the payouts that wait for the run: of one list by its digest, of one shard if given. */
export function waitingPagesPrefix(waitingDigest: string, shard?: string): string {
  return `WAITING#${waitingDigest}#${shard === undefined ? '' : `${shard}#`}`;
}
export function waitingPageKey(
  programId: string,
  runId: string,
  page: { readonly waitingDigest: string; readonly shard: string; readonly ordinal: number },
): Key {
  const { waitingDigest, shard, ordinal } = page;
  const sk = `${waitingPagesPrefix(waitingDigest, shard)}${padded(ordinal, ORDINAL_DIGITS)}`;
  return { pk: runDetailsPk(programId, runId), sk };
}
/** A review of a run by the instant at which its facts were read: of a try that was cut short nothing refers to its pages. */
function reviewPrefix(asOf: Instant): string {
  return `REVIEW#${asOf}#`;
}
export function reviewSummaryKey(programId: string, runId: string, asOf: Instant): Key {
  return { pk: runDetailsPk(programId, runId), sk: `${reviewPrefix(asOf)}HEADER` };
}
export function reviewTotalsPrefix(asOf: Instant): string {
  return `${reviewPrefix(asOf)}TOTAL#`;
}
export function reviewTotalKey(programId: string, runId: string, asOf: Instant, currency: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: `${reviewTotalsPrefix(asOf)}${currency}` };
}
/** Pages of a review's rows, of one shard if given. */
export function reviewPagesPrefix(asOf: Instant, shard?: string): string {
  return `${reviewPrefix(asOf)}PAGE#${shard === undefined ? '' : `${shard}#`}`;
}
export function reviewPageKey(
  programId: string,
  runId: string,
  page: { readonly asOf: Instant; readonly shard: string; readonly ordinal: number },
): Key {
  const sk = `${reviewPagesPrefix(page.asOf, page.shard)}${padded(page.ordinal, ORDINAL_DIGITS)}`;
  return { pk: runDetailsPk(programId, runId), sk };
}
export const BANK_FILE_SK_PREFIX = 'BANK_FILE#';
export function bankFileKey(programId: string, runId: string, currency: string, rail: string): Key {
  const file = rail === 'bank_file' ? currency : `${currency}#${rail}`;
  return { pk: runDetailsPk(programId, runId), sk: `${BANK_FILE_SK_PREFIX}${file}` };
}

// Statements.

export function statementPk(programId: string, statementId: string): string {
  return `${programId}#STATEMENT#${statementId}`;
}
/** After the keys of every page. */
export const HEADER_SK = 'STATEMENT';
export function statementKey(programId: string, statementId: string): Key {
  return { pk: statementPk(programId, statementId), sk: HEADER_SK };
}
/** That it was posted, of a statement whose posting writes nothing else. */
export function postedStatementKey(programId: string, statementId: string): Key {
  return { pk: statementPk(programId, statementId), sk: `${HEADER_SK}#POSTED` };
}
export function statementsPeriodPk(programId: string, period: Period): string {
  return `${programId}#STATEMENTS#${period}`;
}
/** Prefix of one attempt's statements inside a period, of one partner if given. */
export function statementsOfAttempt(attempt: number, partnerId?: string): string {
  return `${padded(attempt, ATTEMPT_DIGITS)}#${partnerId === undefined ? '' : `${partnerId}#`}`;
}
export function statementPeriodKey(
  programId: string,
  period: Period,
  statement: { readonly partnerId: string; readonly currency: string; readonly attempt: number },
): PeriodKey {
  return {
    periodPk: statementsPeriodPk(programId, period),
    periodSk: `${statementsOfAttempt(statement.attempt, statement.partnerId)}${statement.currency}`,
  };
}

export const LINES_SK_PREFIX = 'LINES#';
/** Pages sort as their lines do: `1` conversions, `2` fees of the period, `3` clawbacks, `4` adjustments, `5` write-offs. */
export type LineSection = '1' | '2' | '3' | '4' | '5';
/** A page that starts with a fact: of all pages not after a conversion's key, the last one holds its lines. */
export function factPageSk(section: LineSection, occurredAt: Instant, factId: string): string {
  return `${LINES_SK_PREFIX}${section}#${occurredAt}#${factId}`;
}
/** The page of the period's own lines: fixed fees and the minimum. */
export function periodPageSk(): string {
  return `${LINES_SK_PREFIX}2#`;
}
export const CONVERSION_PAGES_FROM = `${LINES_SK_PREFIX}1#`;
export const CLAWBACK_PAGES_FROM = `${LINES_SK_PREFIX}3#`;

export const NOTHING_SK_PREFIX = 'NOTHING#';
/** Pages of the conversions that earned nothing, with the reason. */
export function nothingPageSk(ordinal: number): string {
  return `${NOTHING_SK_PREFIX}${padded(ordinal, ORDINAL_DIGITS)}`;
}

// Ledger.

export function partnerLedgerPk(programId: string, partnerId: string): string {
  return `${programId}#PARTNER#${partnerId}`;
}
export const BALANCE_SK_PREFIX = 'BALANCE#';
export function balanceKey(programId: string, partnerId: string, currency: string): Key {
  return { pk: partnerLedgerPk(programId, partnerId), sk: `${BALANCE_SK_PREFIX}${currency}` };
}
export const ENTRY_SK_PREFIX = 'ENTRY#';
export function entryKey(programId: string, partnerId: string, entryId: string): Key {
  return { pk: partnerLedgerPk(programId, partnerId), sk: `${ENTRY_SK_PREFIX}${entryId}` };
}
/** `month` is the month of posting in UTC. */
export function journalPeriodPk(programId: string, month: string): string {
  return `${programId}#JOURNAL#${month}`;
}
export function journalPeriodKey(programId: string, postedAt: Instant, entryId: string): PeriodKey {
  return { periodPk: journalPeriodPk(programId, postedAt.slice(0, 7)), periodSk: `${postedAt}#${entryId}` };
}
/** From the first entry that was posted at one instant to the last at another: `#` sorts before, `~` after the beginning of every id. */
export function journalBetween(from: Instant, to: Instant): readonly [string, string] {
  return [`${from}#`, `${to}#~`];
}

// Payouts.

export function payoutPk(programId: string, payoutId: string): string {
  return `${programId}#PAYOUT#${payoutId}`;
}
export function payoutKey(programId: string, payoutId: string): Key {
  return { pk: payoutPk(programId, payoutId), sk: 'PAYOUT' };
}
export const PAYOUT_CHANGE_SK_PREFIX = 'CHANGE#';
/** A change of a payout, kept under its number: the payout's history. */
export function payoutChangeKey(programId: string, payoutId: string, sequence: number): Key {
  return { pk: payoutPk(programId, payoutId), sk: `${PAYOUT_CHANGE_SK_PREFIX}${padded(sequence, ORDINAL_DIGITS)}` };
}
export const RESOLUTION_SK_PREFIX = 'RESOLUTION#';
/** A proposal of what became of a payout. */
export function resolutionKey(programId: string, payoutId: string, resolutionId: string): Key {
  return { pk: payoutPk(programId, payoutId), sk: `${RESOLUTION_SK_PREFIX}${resolutionId}` };
}
/** Proposals on the payouts of a run, whatever became of them. */
export function resolutionsPeriodPk(programId: string, runId: string): string {
  return `${programId}#RESOLUTIONS#${runId}`;
}
export function resolutionPeriodKey(
  programId: string,
  of: { readonly runId: string; readonly payoutId: string; readonly resolutionId: string },
): PeriodKey {
  return { periodPk: resolutionsPeriodPk(programId, of.runId), periodSk: `${of.payoutId}#${of.resolutionId}` };
}
export const RAIL_EVENT_SK_PREFIX = 'RAIL_EVENT#';
/** What a rail reported about a payout; published from the stream as `payout.rail_event`. */
export function railEventKey(programId: string, payoutId: string, eventId: string): Key {
  return { pk: payoutPk(programId, payoutId), sk: `${RAIL_EVENT_SK_PREFIX}${eventId}` };
}
export function payoutsPeriodPk(programId: string, runId: string): string {
  return `${programId}#PAYOUTS#${runId}`;
}
export function payoutPeriodKey(programId: string, runId: string, payoutId: string): PeriodKey {
  return { periodPk: payoutsPeriodPk(programId, runId), periodSk: payoutId };
}
/** The requests a rail accepted, by payout id, which is its idempotency key: kept for ever. */
export function railRequestKey(programId: string, payoutId: string): Key {
  return { pk: payoutPk(programId, payoutId), sk: 'RAIL_REQUEST' };
}
/** By which accounts a programme pays: every change, by rail and number. */
export function railChangesPk(programId: string): string {
  return `${programId}#RAIL_CHANGES`;
}
export function railChangeKey(programId: string, rail: string, version: number): Key {
  return { pk: railChangesPk(programId), sk: `${rail}#${padded(version, ORDINAL_DIGITS)}` };
}
/** Payouts of a programme that are created and neither submitted nor failed, of all runs; in the contract index only while so. */
export function reservedPayoutsPk(programId: string): string {
  return `${programId}#RESERVED_PAYOUTS`;
}
export function reservedPayoutKey(programId: string, partnerId: string, payoutId: string): ContractKey {
  return { contractPk: reservedPayoutsPk(programId), contractSk: `${partnerId}#${payoutId}` };
}
/** Payouts that a rail with an account took and whose end it has not said; in the contract index only while so. */
export function openPayoutsPk(programId: string): string {
  return `${programId}#OPEN_PAYOUTS`;
}
export function openPayoutKey(programId: string, payoutId: string): ContractKey {
  return { contractPk: openPayoutsPk(programId), contractSk: payoutId };
}
/** Where the last look at a programme's open payouts ended. */
export function railSweepKey(programId: string): Key {
  return { pk: `${programId}#RAIL_SWEEP`, sk: 'CURSOR' };
}
/** Until when it was asked what came back of settled payouts. */
export function railLookBackKey(programId: string): Key {
  return { pk: railSweepKey(programId).pk, sk: 'LOOK_BACK' };
}
/** From the first payout of one partner to the last of another: `#` sorts before, `~` after every character of an id. */
export function reservedPayoutsBetween(firstPartnerId: string, lastPartnerId: string): readonly [string, string] {
  return [`${firstPartnerId}#`, `${lastPartnerId}#~`];
}
export const BANK_PAYOUT_SK_PREFIX = 'BANK_PAYOUT#';
/** Written with the claim of a payout for a run's bank file, so that the file's payouts can be read consistently. */
export function bankPayoutKey(programId: string, runId: string, currency: string, payoutId: string): Key {
  return { pk: runDetailsPk(programId, runId), sk: `${BANK_PAYOUT_SK_PREFIX}${currency}#${payoutId}` };
}
/** Prefix of one partner's payouts inside a run. */
export function payoutsOfPartner(runId: string, partnerId: string): string {
  return `po~${runId}~${partnerId}~`;
}

// What banks report.

/** Partition of a bank's message: what became of it, and the results of its entries by pages. */
export function bankReportKey(programId: string, reportId: string): Key {
  return { pk: `${programId}#BANK_REPORT#${reportId}`, sk: 'BANK_REPORT' };
}
export const RESULTS_SK_PREFIX = 'RESULTS#';
export function bankReportResultsKey(programId: string, reportId: string, from: number): Key {
  return { pk: bankReportKey(programId, reportId).pk, sk: `${RESULTS_SK_PREFIX}${padded(from, ORDINAL_DIGITS)}` };
}
export function bankReportsPeriodPk(programId: string): string {
  return `${programId}#BANK_REPORTS`;
}
export function bankReportPeriodKey(report: {
  readonly programId: string;
  readonly receivedAt: Instant;
  readonly reportId: string;
}): PeriodKey {
  const { programId, receivedAt, reportId } = report;
  return { periodPk: bankReportsPeriodPk(programId), periodSk: `${receivedAt}#${reportId}` };
}
/** An entry by what makes it one over all messages. */
export function bankEntryKey(programId: string, entryId: string): Key {
  return { pk: `${programId}#BANK_ENTRY#${entryId}`, sk: 'BANK_ENTRY' };
}
export function bankEntriesContractPk(programId: string, status: string): string {
  return `${programId}#BANK_ENTRIES#${status}`;
}
export function bankEntriesContractKey(
  programId: string,
  status: string,
  entry: { readonly recordedAt: Instant; readonly entryId: string },
): ContractKey {
  return {
    contractPk: bankEntriesContractPk(programId, status),
    contractSk: `${entry.recordedAt}#${entry.entryId}`,
  };
}

// Standing holds of partners' payouts.

/** All holds of a programme, in order of partner and id: rare, and read as a whole when a run is reviewed. */
export function payoutHoldsPk(programId: string): string {
  return `${programId}#PAYOUT_HOLDS`;
}
export function payoutHoldsOfPartner(partnerId: string): string {
  return `${partnerId}#`;
}
export function payoutHoldKey(programId: string, partnerId: string, holdId: string): Key {
  return { pk: payoutHoldsPk(programId), sk: `${payoutHoldsOfPartner(partnerId)}${holdId}#HELD` };
}
/** Beside its hold, which never changes. */
export function payoutHoldReleaseKey(programId: string, partnerId: string, holdId: string): Key {
  return { pk: payoutHoldsPk(programId), sk: `${payoutHoldsOfPartner(partnerId)}${holdId}#RELEASED` };
}

// Audit chain.

const AUDIT_SEQUENCE_DIGITS = 12;
/**
 * What the partitions of an audit chain begin with. No id is empty, so no other partition holds `##`: a grant can tell these from
 * all others, whatever a partner or an adjustment is called.
 */
export function auditPartitions(programId: string): string {
  return `${programId}##AUDIT`;
}
/** The records of a programme's chain, by their sequence. */
export function auditRecordsPk(programId: string): string {
  return `${auditPartitions(programId)}#RECORDS`;
}
export function auditRecordSk(sequence: number): string {
  return `RECORD#${padded(sequence, AUDIT_SEQUENCE_DIGITS)}`;
}
export function auditRecordKey(programId: string, sequence: number): Key {
  return { pk: auditRecordsPk(programId), sk: auditRecordSk(sequence) };
}
/** Where the chain ends: the one item that all appenders of a programme meet at. */
export function auditHeadKey(programId: string): Key {
  return { pk: `${auditPartitions(programId)}#HEAD`, sk: 'HEAD' };
}
/** That a subject has its record: what happened once is appended once. */
export function auditClaimKey(programId: string, of: { readonly kind: string; readonly subjectId: string }): Key {
  return { pk: `${auditPartitions(programId)}#OF#${of.kind}#${of.subjectId}`, sk: 'AUDIT_OF' };
}

/** What was proved of a programme's books. Not among the chain's partitions: whoever appends to chains writes none of it. */
export function auditVerificationsPk(programId: string): string {
  return `${programId}#VERIFICATIONS`;
}
export function isAuditVerificationSk(sk: string): boolean {
  return /^VERIFIED#[^#]+#[^#]+$/.test(sk);
}
export function auditVerificationKey(verification: {
  readonly programId: string;
  readonly at: Instant;
  readonly verificationId: string;
}): Key {
  const { programId, at, verificationId } = verification;
  return { pk: auditVerificationsPk(programId), sk: `VERIFIED#${at}#${verificationId}` };
}

/** The programme that an item belongs to: every private key begins with it. */
export function programIdOfPk(pk: string): string {
  return pk.slice(0, pk.indexOf('#'));
}

// Figures.

/** What a partner's open months come to, as it was worked out last: derived, and superseded by the next. */
export function figuresPk(programId: string, partnerId: string): string {
  return `${programId}#FIGURES#${partnerId}`;
}
export function figuresKey(programId: string, partnerId: string, kind: 'MONTH' | 'SALES_DAYS', period: Period): Key {
  return { pk: figuresPk(programId, partnerId), sk: `${kind}#${period}` };
}
