import type { Instant, Period } from './instant.ts';
import type { Currency } from './money.ts';
import type { StatementAmounts } from './statement.ts';

export type RunStatus =
  | 'open'
  | 'draining'
  | 'computing'
  | 'summarising'
  | 'awaiting_decision'
  | 'posting'
  | 'submitting'
  | 'completed'
  | 'completed_with_failures'
  | 'rejected'
  | 'expired'
  | 'failed';

/** What a run comes to in one currency: sums over its statements. */
export type RunTotal = StatementAmounts & {
  readonly currency: Currency;
  readonly statements: number;
  /** Partners with something earned, clawed back or adjusted in this currency. */
  readonly partners: number;
  /** Change of the earned amount against the last completed period; absent when there is none. */
  readonly earnedChangeMinor?: bigint | undefined;
};

/** Something in a run that its approvers should look at first. */
export type RunAnomaly = {
  readonly kind: 'negative_balance' | 'earned_jump' | 'largest_share' | 'nothing_earned';
  readonly currency: Currency;
  readonly partnerId?: string | undefined;
  readonly amountMinor?: bigint | undefined;
};

export type GivenDecision = {
  /** Principal id of the person. */
  readonly by: string;
  readonly at: Instant;
  readonly decision: 'approve' | 'reject';
  readonly comment?: string | undefined;
};

export type RunFailure = { readonly at: Instant; readonly during: RunStatus; readonly reason: string };

export type PayoutRun = {
  readonly programId: string;
  readonly runId: string;
  readonly period: Period;
  readonly attempt: number;
  readonly status: RunStatus;
  /** Principal id, or `system:scheduler`. */
  readonly openedBy: string;
  readonly openedAt: Instant;
  /** Counts the workflow executions of this run: a run that failed after its approval is resumed by a new one. */
  readonly execution: number;
  /** Set when the run is summarised: what the approvers approve. */
  readonly contentHash?: string | undefined;
  readonly totals: readonly RunTotal[];
  readonly anomalies: readonly RunAnomaly[];
  readonly shardCount?: number | undefined;
  /** Different people who must approve; fixed when the run is summarised. */
  readonly approvalsRequired: number;
  readonly given: readonly GivenDecision[];
  /** Partners whose payout is held back: what the first approver sent. */
  readonly holds: readonly string[];
  /** Set once the decision is complete. */
  readonly decision?: 'approve' | 'reject' | undefined;
  readonly failures: readonly RunFailure[];
};

/** From which status a run may enter another. A repeat of the same move is fine; every other move is refused. */
const ENTERED_FROM: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  open: [],
  draining: ['open'],
  computing: ['open', 'draining'],
  summarising: ['computing'],
  awaiting_decision: ['summarising'],
  posting: ['awaiting_decision', 'failed'],
  submitting: ['posting'],
  completed: ['posting', 'submitting'],
  completed_with_failures: ['posting', 'submitting'],
  rejected: ['awaiting_decision'],
  expired: ['awaiting_decision'],
  failed: ['open', 'draining', 'computing', 'summarising', 'awaiting_decision', 'posting', 'submitting'],
};

export function statusesBefore(status: RunStatus): readonly RunStatus[] {
  return ENTERED_FROM[status];
}

/** State of a run's statements: they change only through their run. */
export function statementState(run: Pick<PayoutRun, 'status' | 'decision'>): 'draft' | 'final' | 'void' {
  if (run.decision === 'approve') return 'final';
  return run.status === 'rejected' || run.status === 'expired' || run.status === 'failed' ? 'void' : 'draft';
}

export type OpeningAnswer =
  | { readonly answer: 'open'; readonly attempt: number }
  /** The run failed after its approval: its money work goes on where it stopped. */
  | { readonly answer: 'resume'; readonly run: PayoutRun }
  | { readonly answer: 'already_open'; readonly run: PayoutRun }
  | { readonly answer: 'not_due'; readonly duePeriod: Period }
  | { readonly answer: 'not_ended'; readonly endsAt: Instant };

/**
 * Decides whether a period may be closed now. Periods close in order, one run at a time, and only once they are over;
 * a rejected, expired or failed attempt has reopened its period, so that the next attempt may close it again.
 */
export function admitOpening(input: {
  readonly period: Period;
  readonly duePeriod: Period;
  /** First instant after the due period. */
  readonly dueEndsAt: Instant;
  readonly now: Instant;
  /** The latest attempt at `period`, if any. */
  readonly latest: PayoutRun | undefined;
}): OpeningAnswer {
  const { latest } = input;
  if (latest && statementState(latest) !== 'void') {
    return latest.status === 'failed' ? { answer: 'resume', run: latest } : { answer: 'already_open', run: latest };
  }
  if (input.period !== input.duePeriod) return { answer: 'not_due', duePeriod: input.duePeriod };
  if (input.now < input.dueEndsAt) return { answer: 'not_ended', endsAt: input.dueEndsAt };
  return { answer: 'open', attempt: (latest?.attempt ?? 0) + 1 };
}

/** Approvers a run needs: one more when what it pays in the programme's currency is above the configured total. */
export function approvalsRequired(
  policy: { readonly required: number; readonly extraApproverAboveMinor?: bigint | undefined },
  payableMinor: bigint,
): number {
  const above = policy.extraApproverAboveMinor !== undefined && payableMinor > policy.extraApproverAboveMinor;
  return policy.required + (above ? 1 : 0);
}

export type DecisionRequest = {
  readonly by: string;
  readonly at: Instant;
  readonly decision: 'approve' | 'reject';
  readonly contentHash: string;
  readonly comment?: string | undefined;
  /** `undefined`: whatever the first approver chose. */
  readonly holds?: readonly string[] | undefined;
};

export type Exclusion = 'opened_the_run' | 'made_an_adjustment' | 'changed_a_payee';

export type DecisionAnswer =
  | { readonly answer: 'not_awaiting' }
  | { readonly answer: 'already_decided' }
  | { readonly answer: 'other_content'; readonly contentHash: string | undefined }
  | { readonly answer: 'excluded'; readonly exclusion: Exclusion }
  | { readonly answer: 'comment_missing' }
  | { readonly answer: 'other_holds'; readonly holds: readonly string[] }
  | {
      readonly answer: 'accepted';
      readonly given: GivenDecision;
      readonly holds: readonly string[];
      /** Set when this decision is the last one needed. */
      readonly completes: 'approve' | 'reject' | undefined;
    };

/**
 * Weighs one person's decision (design.md, Closing a month): it must name the content that was on the screen, each person
 * decides once, who had a hand in the run cannot approve it, and one rejection with its reason is enough.
 * The holds of the first approver are part of what the others approve.
 */
export function weighDecision(
  run: PayoutRun,
  request: DecisionRequest,
  exclusion: Exclusion | undefined,
): DecisionAnswer {
  if (run.given.some((given) => given.by === request.by)) return { answer: 'already_decided' };
  if (run.status !== 'awaiting_decision') return { answer: 'not_awaiting' };
  if (run.contentHash !== request.contentHash) return { answer: 'other_content', contentHash: run.contentHash };
  const given = { by: request.by, at: request.at, decision: request.decision, comment: request.comment };
  if (request.decision === 'reject') {
    if (!request.comment) return { answer: 'comment_missing' };
    return { answer: 'accepted', given, holds: run.holds, completes: 'reject' };
  }
  if (exclusion) return { answer: 'excluded', exclusion };
  const approvals = run.given.filter((earlier) => earlier.decision === 'approve').length;
  const asked = request.holds && [...new Set(request.holds)].sort();
  if (approvals > 0 && asked && asked.join() !== run.holds.join()) return { answer: 'other_holds', holds: run.holds };
  return {
    answer: 'accepted',
    given,
    holds: approvals > 0 ? run.holds : (asked ?? []),
    completes: approvals + 1 >= run.approvalsRequired ? 'approve' : undefined,
  };
}
