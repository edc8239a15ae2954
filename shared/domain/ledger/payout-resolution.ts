import { type Instant, toEpochMs } from '../time/instant.ts';
import {
  applyStep,
  isFileRail,
  isPending,
  type Payout,
  type PayoutChange,
  type PayoutStatus,
  type PayoutStep,
} from './payout.ts';
import type { ChangeEvidence } from './payout-history.ts';

/** What became of a payout at its rail, in the words of somebody other than the rail. */
export const RESOLVED_OUTCOMES = ['submitted', 'settled', 'failed', 'returned'] as const;
export type ResolvedOutcome = (typeof RESOLVED_OUTCOMES)[number];

export type ResolutionStatus = 'proposed' | 'confirmed' | 'declined';

export type ResolutionDecision = {
  readonly decision: 'confirm' | 'decline';
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string | undefined;
};

/** A proposal to believe of a payout what no answer of its rail said; it changes nothing until another person confirms it. */
export type PayoutResolution = {
  readonly resolutionId: string;
  readonly programId: string;
  readonly payoutId: string;
  readonly partnerId: string;
  /** Of the payout. */
  readonly runId: string;
  readonly outcome: ResolvedOutcome;
  readonly evidence: ChangeEvidence;
  /** Principal id, or `system:...` when it was read from a report. */
  readonly proposedBy: string;
  /** The person who made the API key that proposed it. */
  readonly onBehalfOf?: string | undefined;
  readonly proposedAt: Instant;
  /** The payout as it was proposed on: once it has moved, the proposal can only be declined. */
  readonly seenStatus: PayoutStatus;
  readonly seenChanges: number;
  readonly status: ResolutionStatus;
  readonly decision?: ResolutionDecision | undefined;
};

/**
 * As long as a request to a rail may be under way after it was recorded: functions end after 15 minutes, and clocks differ.
 * Failing a payout meanwhile would pay its amount twice.
 */
export const IN_FLIGHT_MS = 60 * 60 * 1000;

export type ResolvableAnswer =
  | 'possible'
  /** It waits for a run, or its run is about to write the file: nobody but the run may move it. */
  | 'not_handed_over'
  /** A request may be under way. */
  | 'in_flight'
  /** Its money is back already, or the outcome is what is stored. */
  | 'says_nothing_new';

/** Whether evidence may move a payout to an outcome now. Source: infra/decisions.md, payouts that no rail answers for. */
export function weighResolution(payout: Payout, outcome: ResolvedOutcome, at: Instant): ResolvableAnswer {
  if (payout.status === 'created') return 'not_handed_over';
  if (payout.status === 'submitting') {
    if (isFileRail(payout.rail)) return 'not_handed_over';
    if (toEpochMs(at) - toEpochMs(payout.updatedAt) < IN_FLIGHT_MS) return 'in_flight';
  }
  return changesTo(payout, outcome, at, { by: '' }).length > 0 ? 'possible' : 'says_nothing_new';
}

/** The changes that lead to an outcome, each from the one before; none when the payout cannot come to it from where it is. */
export function changesTo(
  payout: Payout,
  outcome: ResolvedOutcome,
  at: Instant,
  origin: Parameters<typeof applyStep>[3],
): readonly PayoutChange[] {
  const reason = origin?.evidence?.reference;
  const last: PayoutStep =
    outcome === 'submitted' ? { type: 'accepted', reference: origin?.evidence?.reference } : { type: outcome, reason };
  // That it settled or came back proves that it was accepted, which is booked first.
  const isImplied = isPending(payout.status) && (outcome === 'settled' || outcome === 'returned');
  const steps: readonly PayoutStep[] = isImplied ? [{ type: 'accepted' }, last] : [last];
  const changes: PayoutChange[] = [];
  let current = payout;
  for (const step of steps) {
    const change = applyStep(current, step, at > current.updatedAt ? at : current.updatedAt, origin);
    if (!change) return [];
    changes.push(change);
    current = change.payout;
  }
  return changes;
}

export type ResolutionRequest = {
  readonly decision: 'confirm' | 'decline';
  readonly by: string;
  /** Partners that the caller acts for. */
  readonly ownPartners: readonly string[];
};

export type ResolutionAnswer = 'accepted' | 'repeated' | 'not_proposed' | 'own_proposal' | 'own_partner';

/** Whether a person may decide on a proposal: never who made it, nor who acts for its partner. */
export function weighResolutionDecision(resolution: PayoutResolution, request: ResolutionRequest): ResolutionAnswer {
  const { decision } = resolution;
  if (decision?.by === request.by && decision.decision === request.decision) return 'repeated';
  if (resolution.status !== 'proposed') return 'not_proposed';
  if (request.by === resolution.proposedBy || request.by === resolution.onBehalfOf) return 'own_proposal';
  return request.ownPartners.includes(resolution.partnerId) ? 'own_partner' : 'accepted';
}
