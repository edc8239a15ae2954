import { setTimeout as pause } from 'node:timers/promises';
import { type ApiClient, ApiProblem } from '../../api-client.ts';

export type Run = {
  runId: string;
  period: string;
  attempt: number;
  status: string;
  contentHash?: string;
  totals?: { currency: string; statements: number; payableMinor: number; earnedMinor: number; clawbackMinor: number }[];
  approvals?: { required: number; given: { by: string; decision: string }[] };
};

const POLL_MS = 150;
/** A run of the demo takes seconds; a minute without an end is a fault worth reporting. */
const PATIENCE_MS = 120_000;

/** Opens the run of a period, or finds the one that is there. */
export async function openRun(api: ApiClient, programId: string, period: string): Promise<string> {
  try {
    const { runId } = await api.post<{ runId: string }>(`/v1/programs/${programId}/payout-runs`, { period });
    return runId;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 409) {
      const runs = await api.list<Run>(`/v1/programs/${programId}/payout-runs`);
      const newest = runs.filter((run) => run.period === period).sort((a, b) => b.attempt - a.attempt)[0];
      if (newest) return newest.runId;
    }
    throw error;
  }
}

/** Waits until the run reaches one of the statuses. @throws when it ends in another one, or takes too long. */
export async function waitForRun(
  api: ApiClient,
  programId: string,
  runId: string,
  statuses: readonly string[],
): Promise<Run> {
  const ended = ['completed', 'completed_with_failures', 'rejected', 'expired', 'failed'];
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const run = await api.get<Run>(`/v1/programs/${programId}/payout-runs/${runId}`);
    if (statuses.includes(run.status)) return run;
    if (ended.includes(run.status)) throw new Error(`run ${runId} ended as ${run.status}`);
    if (Date.now() > deadline) throw new Error(`run ${runId} is still ${run.status} after ${PATIENCE_MS / 1000} s`);
    await pause(POLL_MS);
  }
}

/** One person's approval of exactly what the run showed. An approval given before a restart counts. */
export async function approveRun(approver: ApiClient, programId: string, run: Run): Promise<void> {
  try {
    await approver.post(`/v1/programs/${programId}/payout-runs/${run.runId}/decisions`, {
      decision: 'approve',
      contentHash: run.contentHash,
      comment: 'Reviewed',
    });
  } catch (error) {
    const settled =
      error instanceof ApiProblem && ['already_decided', 'run_not_awaiting_decision'].includes(error.code);
    if (!settled) throw error;
  }
}
