import type { NoticeFacts, NoticeMessage, Tell } from '#shared/application/notifications/messages';
import { tellAll, toldEvent } from '#shared/application/notifications/telling/tell-all';
import type { DisputeStore, ExplainedDecision } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { CourseStore } from '#shared/application/partners/training/training-ports';
import type { PayeeSummary } from '#shared/application/payees';
import type { Log } from '#shared/application/ports';
import type { DomainEvent } from '#shared/contracts/events';
import { cameToNothing, maySpend } from '#shared/domain/partner/dispute';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type PartnerEvent = Extract<
  DomainEvent,
  {
    type:
      | 'payee.changed'
      | 'dispute.decided'
      | 'dispute.remedied'
      | 'agreement.expiring'
      | 'certification.earned'
      | 'certification.expiring'
      | 'conversion.recorded'
      | 'conversion.held';
  }
>;
type EventOf<Type extends PartnerEvent['type']> = Extract<PartnerEvent, { type: Type }>;

type Deps = {
  readonly tell: Tell;
  readonly partners: Pick<PartnerStore, 'payeeNotice' | 'standing'>;
  readonly courses: Pick<CourseStore, 'course'>;
  readonly disputes: Pick<DisputeStore, 'find'>;
  readonly log: Log;
};

const MANAGERS = { audience: 'staff', roles: ['partner_manager'] } as const;

/**
 * Tells a partner what concerns its account, its sales, its terms and its training. A change of payee goes to the address that was there before it:
 * whoever gets into an account and leads its money elsewhere cannot keep its owner from hearing of it.
 * @throws Error when somebody was not told and should be
 */
export function makeTellPartners({ tell, partners, courses, disputes, log }: Deps) {
  return (event: PartnerEvent): Promise<void> => {
    switch (event.type) {
      case 'payee.changed':
        return payeeChanged(event);
      case 'dispute.decided':
        return disputeAnswered(event);
      case 'dispute.remedied':
        return disputeCorrected(event);
      case 'agreement.expiring':
        return agreementExpiring(event);
      case 'certification.earned':
      case 'certification.expiring':
        return certification(event);
      case 'conversion.recorded':
        return sale(event, event.isLate ? [] : [partnerOf(event)]);
      case 'conversion.held':
        return sale(event, event.isLate ? [MANAGERS] : [partnerOf(event), MANAGERS]);
    }
  };

  async function payeeChanged(event: EventOf<'payee.changed'>): Promise<void> {
    const change = await partners.payeeNotice(event.programId, event.partnerId, event.payeeId);
    if (!change) return nobody(event.eventId);
    const { changedAt, usableFrom, shown, email } = change;
    const facts = { rail: shown.rail, account: masked(shown), changedAt, ...(usableFrom ? { usableFrom } : {}) };
    await tell(toldEvent(event), { ...partnerOf(event), email }, { kind: event.type, facts });
  }

  async function disputeAnswered(event: EventOf<'dispute.decided'>): Promise<void> {
    const found = await decided(event);
    if (!found) return nobody(event.eventId);
    const { dispute, decision } = found;
    const { disputeId, orderId } = dispute;
    const remedy = remedyOf(decision);
    const facts: NoticeFacts['dispute.answered'] = {
      ...{ disputeId, orderId, outcome: decision.outcome, explanation: decision.explanation },
      ...(remedy?.kind === 'adjustment' ? { remedy: { ...remedy, waits: !maySpend(decision.authority) } } : {}),
      ...(remedy?.kind === 'reattribution' ? { remedy } : {}),
    };
    await tell(toldEvent(event), partnerOf(dispute), { kind: 'dispute.answered', facts });
  }

  /** Not why: that may tell of another partner. What was carried out was told with the decision. */
  async function disputeCorrected(event: EventOf<'dispute.remedied'>): Promise<void> {
    if (!cameToNothing(event.effect)) return;
    const found = await decided(event);
    const remedy = found && remedyOf(found.decision);
    if (!found || !remedy) return nobody(event.eventId);
    const { disputeId, orderId } = found.dispute;
    const facts = { disputeId, orderId, remedy };
    await tell(toldEvent(event), partnerOf(found.dispute), { kind: 'dispute.corrected', facts });
  }

  async function decided({ programId, disputeId, number }: EventOf<'dispute.decided' | 'dispute.remedied'>) {
    const dispute = await disputes.find(programId, disputeId);
    const decision = dispute?.decisions.find((one) => one.number === number);
    return dispute && decision && { dispute, decision };
  }

  function agreementExpiring(event: EventOf<'agreement.expiring'>): Promise<void> {
    const { partnerId, agreementId, endsAt, renewal, noticeBy } = event;
    const facts = {
      ...{ agreementId, partnerId, endsAt: instantOf(endsAt) },
      ...(renewal === undefined ? {} : { renewal }),
      ...(noticeBy === undefined ? {} : { noticeBy: instantOf(noticeBy) }),
    };
    return tellAll(tell, toldEvent(event), [partnerOf(event), MANAGERS], { kind: event.type, facts });
  }

  /** By the name of the training; of one that a person recorded there is none. */
  async function certification(event: EventOf<'certification.earned' | 'certification.expiring'>): Promise<void> {
    const { programId, partnerId, certificationId, certification: name } = event;
    const standing = await partners.standing(programId, partnerId);
    const courseId = standing?.certifications.find((one) => one.certificationId === certificationId)?.courseId;
    const course = courseId === undefined ? undefined : await courses.course(programId, courseId);
    const facts = { certification: name, title: course?.summary.title ?? name };
    const message: NoticeMessage =
      event.type === 'certification.expiring'
        ? { kind: event.type, facts: { ...facts, expiresAt: instantOf(event.expiresAt) } }
        : {
            kind: event.type,
            facts: event.expiresAt === undefined ? facts : { ...facts, expiresAt: instantOf(event.expiresAt) },
          };
    return tell(toldEvent(event), partnerOf(event), message);
  }

  function sale(
    event: EventOf<'conversion.recorded' | 'conversion.held'>,
    audiences: Parameters<typeof tellAll>[2],
  ): Promise<void> {
    const { orderId, soldAt, amount } = event;
    const facts = {
      ...{ orderId, occurredAt: instantOf(soldAt) },
      amount: { minor: BigInt(amount.minor), currency: amount.currency },
    };
    const message: NoticeMessage = { kind: event.type, facts };
    return tellAll(tell, toldEvent(event), audiences, message);
  }

  function nobody(eventId: string): void {
    log.warn('an event concerns nobody who can be told', { eventId });
  }
}

function partnerOf({ partnerId }: { readonly partnerId: string }): { readonly audience: 'partner'; partnerId: string } {
  return { audience: 'partner', partnerId };
}

function remedyOf({ remedy }: ExplainedDecision): NoticeFacts['dispute.corrected']['remedy'] | undefined {
  if (remedy?.kind !== 'adjustment') return remedy && { kind: 'reattribution' };
  return { kind: 'adjustment', amount: { minor: remedy.amountMinor, currency: remedy.currency } };
}

/** Of an e-mail address nothing: its end would tell most of it. */
function masked({ rail, ibanEnding, accountEnding }: PayeeSummary): string {
  const ending = rail === 'paypal' ? undefined : (ibanEnding ?? accountEnding);
  return ending === undefined ? '••••' : `•••• ${ending}`;
}

function instantOf(text: string): Instant {
  return toInstant(Date.parse(text));
}
