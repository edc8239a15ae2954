import type { DecisionRecord, Dispute } from '#shared/application/partners/dispute-ports';
import type { DomainEvent } from '#shared/contracts/events';

type DisputeDecided = Extract<DomainEvent, { type: 'dispute.decided' }>;
type DisputeEscalated = Extract<DomainEvent, { type: 'dispute.escalated' }>;

/** What the world hears of a decision: ids and kinds; words and amounts stay in the record that the ids lead to. */
export function disputeDecidedEvent(decision: DecisionRecord): DisputeDecided {
  const { programId, disputeId, partnerId, number, outcome, remedy, authority, decidedAt } = decision;
  return {
    type: 'dispute.decided',
    eventId: `dispute-decided~${programId}~${disputeId}~${number}`,
    programId,
    disputeId,
    partnerId,
    number,
    outcome,
    remedy: remedy?.kind ?? 'none',
    authority,
    occurredAt: decidedAt,
  };
}

/** A dispute is escalated once, so that the same id always tells of the same. */
export function disputeEscalatedEvent(
  { programId, disputeId, partnerId, answerBy }: Dispute,
  escalatedAt: string,
): DisputeEscalated {
  const eventId = `dispute-escalated~${programId}~${disputeId}`;
  return { type: 'dispute.escalated', eventId, programId, disputeId, partnerId, answerBy, occurredAt: escalatedAt };
}
