import type { StatementHeader } from '#shared/application/payouts/ports';
import { DEFAULT_CONTROLS, DEFAULT_PAYOUT_RULES, type Program } from '#shared/application/programs';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { makeOutliers, type Outliers } from '#shared/domain/run/run-summary';
import type { Instant, Period } from '#shared/domain/time/instant';

export const DECEMBER = '2025-12' as Period;
export const JANUARY = '2026-01' as Period;
export const FEBRUARY = '2026-02' as Period;
export const HASH = 'a'.repeat(64);
export const instant = (text: string): Instant => new Date(text).toISOString() as Instant;

export function aProgramme(overrides: Partial<Program> = {}): Program {
  return {
    programId: 'acme',
    name: 'Acme partners',
    currency: 'GBP',
    timeZone: 'Europe/London',
    holdDays: 0,
    minimumPayoutMinor: 0n,
    booksOpenFrom: JANUARY,
    ...DEFAULT_SETTINGS,
    settingsVersion: 0,
    approvals: { required: 2 },
    payouts: DEFAULT_PAYOUT_RULES,
    policyVersion: 0,
    controls: DEFAULT_CONTROLS,
    controlsVersion: 0,
    closedThrough: DECEMBER,
    createdAt: instant('2026-01-01T00:00:00Z'),
    ...overrides,
  };
}

export function aRun(overrides: Partial<PayoutRun> = {}): PayoutRun {
  return {
    programId: 'acme',
    runId: '2026-01.1',
    period: JANUARY,
    attempt: 1,
    status: 'open',
    openedBy: 'person:opener',
    openedAt: instant('2026-02-01T08:00:00Z'),
    execution: 1,
    totals: [],
    anomalies: [],
    approvalsRequired: 2,
    given: [],
    holds: [],
    failures: [],
    ...overrides,
  };
}

/** A run whose approvers see `HASH`. */
export function aRunToDecide(overrides: Partial<PayoutRun> = {}): PayoutRun {
  return aRun({ status: 'awaiting_decision', contentHash: HASH, ...overrides });
}

export function aHeader(overrides: Partial<StatementHeader> = {}): StatementHeader {
  const { partnerId = 'p1', currency = 'GBP', runId = '2026-01.1' } = overrides;
  return {
    statementId: `${runId}~${partnerId}~${currency}`,
    partnerId,
    currency,
    period: runId.slice(0, 7) as Period,
    runId,
    attempt: Number(runId.split('.')[1]),
    digest: 'd'.repeat(64),
    lineCount: 0,
    earnedMinor: 0n,
    clawbackMinor: 0n,
    adjustmentMinor: 0n,
    openingBalanceMinor: 0n,
    payableMinor: 0n,
    closingBalanceMinor: 0n,
    ...overrides,
  };
}

/** What stands out among statements. */
export function outliersOf(statements: readonly Parameters<Outliers['add']>[0][]): Outliers {
  const outliers = makeOutliers();
  for (const statement of statements) outliers.add(statement);
  return outliers;
}
