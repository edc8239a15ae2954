import type { Program } from '#shared/application/programs';
import type { PayoutRun, RunTotal } from '#shared/domain/run/payout-run';
import { paidByApproval } from '#shared/domain/run/waiting-payouts';
import { compareText, type Instant, toEpochMs } from '#shared/domain/time/instant';
import { approvalsByPolicy, policyOfRun } from '../runs/policy-of-run.ts';
import { exclusionsOf, type RunExclusionsDeps } from '../runs/run-exclusions.ts';
import { asksFresh } from '../runs/weigh-run-decision.ts';
import type { Differences } from './verify-differences.ts';
import { verifyDecisionTimes, verifyPolicyVersion } from './verify-policy.ts';

const MS_PER_MINUTE = 60_000;

/** What one person decided, as it was kept apart from the run. */
export type KeptDecision = {
  readonly by: string;
  readonly decision: 'approve' | 'reject';
  readonly contentHash: string;
  /** Partners whose payout the person meant to be held back. */
  readonly holds: readonly string[];
  readonly at: Instant;
  /** When the person had signed in; kept where the policy asked for a fresh sign-in. */
  readonly signedInAt?: Instant | undefined;
};

export type VerifyApprovalsDeps = RunExclusionsDeps & {
  readonly decisions: { ofRun(programId: string, runId: string): Promise<readonly KeptDecision[]> };
};

/**
 * Compares what a run was paid by with what people decided and the programme asks for: each approval named this content and
 * these holds, as many different people approved as its totals need, freshly signed in where the policy asks for it, and nobody counts who had a hand in what it pays.
 */
export async function verifyApprovals(
  deps: VerifyApprovalsDeps,
  program: Program,
  run: PayoutRun,
  recomputed: { readonly contentHash: string; readonly totals: readonly RunTotal[] },
  differences: Differences,
): Promise<void> {
  const compare = differences.of('run', run.runId);
  const decisions = await deps.decisions.ofRun(run.programId, run.runId);
  const approvals = decisions.filter(({ decision }) => decision === 'approve');
  for (const { by, contentHash, holds } of approvals) {
    compare(`contentHash approved by ${by}`, contentHash, recomputed.contentHash);
    compare(`holds against those approved by ${by}`, textOf(run.holds), textOf(holds));
  }
  const given = run.given.filter(({ decision }) => decision === 'approve');
  compare('approvers', textOf(given.map(({ by }) => by)), textOf(approvals.map(({ by }) => by)));

  await verifyPolicyVersion(deps.controls, program, run, differences);
  const policy = await policyOfRun(deps.controls, program, run);
  verifyDecisionTimes(policy, run, differences);
  // Runs from before the policy had versions were also completed by one person when nobody had opened them.
  const opened = run.policyVersion === undefined ? { openedBy: '' } : run;
  const required = approvalsByPolicy(policy, opened, paidByApproval(recomputed.totals));
  compare('approvalsRequired', run.approvalsRequired, required);
  if (asksFresh(policy, { totals: recomputed.totals })) {
    const { freshLoginMinutes: minutes } = policy.payouts;
    for (const { by, at, signedInAt } of approvals) {
      if (isFresh(signedInAt, at, minutes)) continue;
      compare(`sign-in of ${by} before the approval`, signedInAt, `at most ${minutes} minutes before ${at}`);
    }
  }
  const kept = new Set(approvals.map(({ by }) => by));
  const counted = new Set(given.filter(({ by, voidedBy }) => !voidedBy && kept.has(by)).map(({ by }) => by));
  if (counted.size < required) compare('approvals', counted.size, required);
  // What somebody did after the last decision bars them from the next run, not from this one.
  const decidedAt = run.given
    .map(({ at }) => at)
    .sort(compareText)
    .at(-1);
  const exclusions = await exclusionsOf(deps, program, run, decidedAt);
  for (const by of counted) compare(`approval by ${by}`, 'counted', exclusions.get(by) ?? 'counted');
}

/** A sign-in may be dated ahead by as much as clocks differ. */
function isFresh(signedInAt: Instant | undefined, at: Instant, minutes: number): boolean {
  return signedInAt !== undefined && toEpochMs(at) - toEpochMs(signedInAt) <= minutes * MS_PER_MINUTE;
}

function textOf(names: readonly string[]): string {
  return [...names].sort(compareText).join(', ');
}
