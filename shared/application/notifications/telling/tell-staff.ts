import type { NoticeMessage, NoticeTo, StaffRole, Tell } from '#shared/application/notifications/messages';
import { toldEvent } from '#shared/application/notifications/telling/tell-all';
import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';
import type { Log } from '#shared/application/ports';
import type { DomainEvent } from '#shared/contracts/events';
import { type Period, toInstant } from '#shared/domain/time/instant';

export type StaffEvent = Extract<
  DomainEvent,
  {
    type:
      | 'run.awaiting_decision'
      | 'run.reminded'
      | 'run.expiring'
      | 'run.expired'
      | 'dispute.escalated'
      | 'holds.escalated'
      | 'webhook.paused';
  }
>;
type RunEvent = Extract<StaffEvent, { runId: string }>;

type Deps = {
  readonly tell: Tell;
  readonly disputes: Pick<DisputeStore, 'find'>;
  readonly contacts: Pick<EscalationContacts, 'find'>;
  readonly log: Log;
};

/** Who decides on payouts, and who sees them through; addresses that are named for it are told with them. */
const DECIDERS: NoticeTo = { audience: 'staff', roles: ['approver', 'finance'] };

/**
 * Tells the people who run a programme what waits for them. What was not answered in time goes to the escalation contact, as somebody
 * beyond those who were to answer; a programme without one tells its partner managers and administrators instead.
 * @throws Error when somebody was not told and should be
 */
export function makeTellStaff({ tell, disputes, contacts, log }: Deps) {
  return async (event: StaffEvent): Promise<void> => {
    switch (event.type) {
      case 'run.awaiting_decision':
      case 'run.expiring':
      case 'run.expired':
        return tell(toldEvent(event), DECIDERS, { kind: event.type, facts: runOf(event) });
      case 'run.reminded':
        return tell(toldEvent(event), DECIDERS, {
          kind: event.type,
          facts: { ...runOf(event), afterHours: event.afterHours },
        });
      case 'dispute.escalated':
        return disputeOverdue(event);
      case 'holds.escalated':
        return escalate(event, { kind: 'holds.overdue', facts: { orderIds: event.orderIds } });
      case 'webhook.paused': {
        const { endpointId, host, failingSince, why = 'failing' } = event;
        const facts = { endpointId, host, failingSince: toInstant(Date.parse(failingSince)), why };
        return tell(toldEvent(event), { audience: 'staff', roles: ['admin'] }, { kind: event.type, facts });
      }
    }
  };

  async function disputeOverdue(event: Extract<StaffEvent, { type: 'dispute.escalated' }>): Promise<void> {
    const { programId, disputeId, eventId } = event;
    const dispute = await disputes.find(programId, disputeId);
    if (!dispute) return log.warn('an overdue dispute is not stored', { eventId });
    const { orderId, partnerId, answerBy } = dispute;
    return escalate(event, { kind: 'dispute.overdue', facts: { disputeId, orderId, partnerId, answerBy } });
  }

  async function escalate(event: StaffEvent, message: NoticeMessage): Promise<void> {
    const hasContact = (await contacts.find(event.programId)) !== undefined;
    // Of no role nobody is listed, which leaves the contact.
    const roles: readonly StaffRole[] = hasContact ? [] : ['partner_manager', 'admin'];
    return tell(toldEvent(event), { audience: 'staff', roles }, message);
  }
}

function runOf({ runId, period, approvals, approvalsRequired, decisionBy }: RunEvent) {
  const said = { runId, period: period as Period, approvals, approvalsRequired };
  return decisionBy === undefined ? said : { ...said, decisionBy: toInstant(Date.parse(decisionBy)) };
}
