import type { Currency } from '../money/money.ts';
import type { StatementAmounts } from '../statement/statement.ts';
import type { Instant, Period } from '../time/instant.ts';
import type { DecisionTimes, RunReminder } from './decision-times.ts';

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
  /** Payouts of earlier runs that this run pays besides `payableMinor`: how many, and their sum. */
  readonly waitingPayouts?: number | undefined;
  readonly waitingMinor?: bigint | undefined;
};

/** Something in a run that its approvers should look at first. */
export type RunAnomaly = {
  readonly kind:
    | 'negative_balance'
    | 'earned_jump'
    | 'largest_share'
    | 'nothing_earned'
    | 'adjustments_pending'
    | 'aged_negative_balance'
    | 'controls_changed'
    | 'policy_changed'
    | 'payer_not_set'
    | 'payouts_waiting'
    | 'sales_held'
    | 'partner_flagged';
  /** Of changed controls and of a changed payout policy, the programme's. */
  readonly currency: Currency;
  readonly partnerId?: string | undefined;
  readonly amountMinor?: bigint | undefined;
  /** Of pending adjustments, of a partner's waiting payouts, and of its held sales: how many there are. */
  readonly count?: number | undefined;
  /** Of an aged balance: the end of the period in which it became negative. */
  readonly since?: Instant | undefined;
  /** Of changed controls and of a changed policy: who changed them, the person behind an API key, and the names of what was changed. */
  readonly by?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly controls?: readonly string[] | undefined;
  /** Of held sales and flagged partners: the codes of their signals. */
  readonly reasons?: readonly string[] | undefined;
};

export type GivenDecision = {
  /** Principal id of the person. */
  readonly by: string;
  readonly at: Instant;
  readonly decision: 'approve' | 'reject';
  readonly comment?: string | undefined;
  /** When its giver had signed in; kept where the policy asks for a fresh sign-in. */
  readonly signedInAt?: Instant | undefined;
  /** Set on an approval that no longer counts: its giver has had a hand in what the run pays since. */
  readonly voidedBy?: Exclusion | undefined;
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
  /** The person who made the API key that opened it. */
  readonly onBehalfOf?: string | undefined;
  readonly openedAt: Instant;
  /** Counts the workflow executions of this run: a run that failed after its approval is resumed by a new one. */
  readonly execution: number;
  /** When the run was summarised first: its approvers have seen nothing that came later. */
  readonly summarisedAt?: Instant | undefined;
  /** Set when the run is summarised: what the approvers approve. */
  readonly contentHash?: string | undefined;
  /** Of the list of earlier runs' payouts that this run pays too, also when it is empty; absent in runs from before there were lists. */
  readonly waitingDigest?: string | undefined;
  /** When the facts of its review were read, and what the content hash covers of it; absent in runs from before there were reviews. */
  readonly review?: { readonly asOf: Instant; readonly root: string } | undefined;
  readonly totals: readonly RunTotal[];
  readonly anomalies: readonly RunAnomaly[];
  readonly shardCount?: number | undefined;
  /** Different people who must approve; fixed when the run is summarised. */
  readonly approvalsRequired: number;
  /** Of the payout policy that fixed it: a change that comes later holds for the next run. Absent in runs from before there was one. */
  readonly policyVersion?: number | undefined;
  /** Since when and until when it waits for its decision; absent until then, and in runs from before the policy said so. */
  readonly decisionTimes?: DecisionTimes | undefined;
  /** Oldest first; absent while there is none. */
  readonly reminders?: readonly RunReminder[] | undefined;
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

/** In these the next period may be opened: what the run paid is in the books, or will be by its rails' reports alone. */
export const OVER_STATUSES: readonly RunStatus[] = ['completed', 'completed_with_failures'];

/** State of a run's statements: they change only through their run. */
export function statementState(run: Pick<PayoutRun, 'status' | 'decision'>): 'draft' | 'final' | 'void' {
  if (run.decision === 'approve') return 'final';
  return run.status === 'rejected' || run.status === 'expired' || run.status === 'failed' ? 'void' : 'draft';
}

/** Approvals that still count. */
export function approvalsOf({ given }: Pick<PayoutRun, 'given'>): number {
  return given.filter(({ decision, voidedBy }) => decision === 'approve' && !voidedBy).length;
}

export type DecisionRequest = {
  readonly by: string;
  readonly at: Instant;
  readonly decision: 'approve' | 'reject';
  readonly contentHash: string;
  readonly comment?: string | undefined;
  readonly signedInAt?: Instant | undefined;
  /** `undefined`: whatever the first approver chose. */
  readonly holds?: readonly string[] | undefined;
};

/** Why somebody cannot approve a run. Of several, the first of this order is told. */
export const EXCLUSIONS = [
  'opened_the_run',
  'made_an_adjustment',
  'reattributed_a_sale',
  'released_a_sale',
  'bound_a_customer',
  'changed_a_payee',
  'released_payouts',
  'changed_controls',
  'changed_settings',
  'changed_policy',
  'changed_a_rail',
  'changed_tiers',
  'gave_a_role',
  'published_a_plan',
  'created_an_api_key',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** Those of them that hold only where a programme's payout policy names them. */
export const ALSO_EXCLUDED = ['published_a_plan', 'created_an_api_key'] as const satisfies readonly Exclusion[];
export type AlsoExcluded = (typeof ALSO_EXCLUDED)[number];

export type DecisionAnswer =
  | { readonly answer: 'not_awaiting' }
  | { readonly answer: 'already_decided' }
  | { readonly answer: 'other_content'; readonly contentHash: string | undefined }
  | { readonly answer: 'excluded'; readonly exclusion: Exclusion }
  | { readonly answer: 'comment_missing' }
  | { readonly answer: 'other_holds'; readonly holds: readonly string[] }
  | {
      readonly answer: 'accepted';
      /** All decisions on the run with this one last. */
      readonly given: readonly GivenDecision[];
      readonly holds: readonly string[];
      /** Set when this decision is the last one needed. */
      readonly completes: 'approve' | 'reject' | undefined;
    };

/**
 * Weighs one person's decision (design.md, Closing a month): it must name the content that was on the screen, each person
 * decides once, who had a hand in the run cannot approve it, and one rejection with its reason is enough.
 * The holds of the first approver are part of what the others approve. Each approval counts only as long as its giver is
 * not excluded: one that is found void with a later approval stays on the record, and another person must approve.
 */
export function weighDecision(
  run: PayoutRun,
  request: DecisionRequest,
  /** Why a person cannot approve, by principal id. */
  exclusions: ReadonlyMap<string, Exclusion>,
): DecisionAnswer {
  if (run.given.some((given) => given.by === request.by)) return { answer: 'already_decided' };
  if (run.status !== 'awaiting_decision') return { answer: 'not_awaiting' };
  if (run.contentHash !== request.contentHash) return { answer: 'other_content', contentHash: run.contentHash };
  const { by, at, decision, comment, signedInAt } = request;
  const given = { by, at, decision, comment, ...(signedInAt === undefined ? {} : { signedInAt }) };
  if (request.decision === 'reject') {
    if (!request.comment) return { answer: 'comment_missing' };
    return { answer: 'accepted', given: [...run.given, given], holds: run.holds, completes: 'reject' };
  }
  const exclusion = exclusions.get(request.by);
  if (exclusion) return { answer: 'excluded', exclusion };
  const before = run.given.map((earlier) => withVoid(earlier, exclusions.get(earlier.by)));
  const approvals = before.filter((earlier) => earlier.decision === 'approve').length;
  const counting = before.filter((earlier) => earlier.decision === 'approve' && !earlier.voidedBy).length;
  const asked = request.holds && [...new Set(request.holds)].sort();
  if (approvals > 0 && asked && asked.join() !== run.holds.join()) return { answer: 'other_holds', holds: run.holds };
  return {
    answer: 'accepted',
    given: [...before, given],
    holds: approvals > 0 ? run.holds : (asked ?? []),
    completes: counting + 1 >= run.approvalsRequired ? 'approve' : undefined,
  };
}

function withVoid(given: GivenDecision, exclusion: Exclusion | undefined): GivenDecision {
  return given.decision === 'approve' && !given.voidedBy && exclusion ? { ...given, voidedBy: exclusion } : given;
}
