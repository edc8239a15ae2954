import { hashWords } from '#shared/adapters/hash-words';
import type { PayoutRun } from '#shared/domain/run/payout-run';

/** A run as the API shows it. */
export function runAnswer(run: PayoutRun): Record<string, unknown> {
  return {
    runId: run.runId,
    programId: run.programId,
    period: run.period,
    attempt: run.attempt,
    status: run.status,
    contentHash: run.contentHash ?? null,
    contentHashWords: run.contentHash === undefined ? null : hashWords(run.contentHash),
    totals: run.totals,
    anomalies: run.anomalies,
    approvals: { required: run.approvalsRequired, given: run.given, policyVersion: run.policyVersion },
    decisionBy: run.decisionTimes?.expiresAt,
    reminders: run.reminders ?? [],
    openedBy: run.openedBy,
    openedAt: run.openedAt,
    holds: run.holds,
    failures: run.failures,
  };
}
