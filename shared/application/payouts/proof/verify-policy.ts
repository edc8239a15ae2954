import type { ProgramStore } from '#shared/application/payouts/ports';
import type { PayoutPolicy, Program } from '#shared/application/programs';
import { decisionTimes } from '#shared/domain/run/decision-times';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';
import type { Differences } from './verify-differences.ts';

/** A change is dated before it is stored, and clocks differ by less. */
const SLACK_MS = 10_000;

/** Names a run that was decided by a version of the payout policy that was not in force when it was summarised. */
export async function verifyPolicyVersion(
  controls: Pick<ProgramStore, 'policyChanges'>,
  program: Pick<Program, 'programId' | 'createdAt'>,
  run: PayoutRun,
  differences: Differences,
): Promise<void> {
  const { policyVersion = 0, summarisedAt = run.openedAt, decisionTimes } = run;
  const changes = await controls.policyChanges(program.programId, program.createdAt);
  const versionAt = (at: Instant, slackMs: number): number =>
    changes.filter((change) => toEpochMs(change.at) <= toEpochMs(at) + slackMs).at(-1)?.version ?? 0;
  const lowest = versionAt(summarisedAt, -SLACK_MS);
  const highest = versionAt(decisionTimes?.since ?? summarisedAt, SLACK_MS);
  if (policyVersion >= lowest && policyVersion <= highest) return;
  differences.of('run', run.runId)('policyVersion', policyVersion, lowest);
}

/** Names times of waiting that are not those of the policy. */
export function verifyDecisionTimes({ payouts }: PayoutPolicy, run: PayoutRun, differences: Differences): void {
  if (!run.decisionTimes) return;
  const compare = differences.of('run', run.runId);
  const times = decisionTimes(payouts, run.decisionTimes.since);
  compare('decisionBy', run.decisionTimes.expiresAt, times.expiresAt);
  compare('reminderHours', run.decisionTimes.reminderHours.join(', '), times.reminderHours.join(', '));
}
