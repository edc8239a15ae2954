import type { PartnerAgreementRecord } from '#shared/application/partners/agreement-ports';
import type { PayeeNotice } from '#shared/application/partners/payee-ports';
import type { TierChange } from '#shared/application/partners/ports';
import type { DomainEvent } from '#shared/contracts/events';

type PayeeChanged = Extract<DomainEvent, { type: 'payee.changed' }>;
type TierChanged = Extract<DomainEvent, { type: 'tier.changed' }>;

/** What the world hears of a tier change: ids and tiers; a person's words stay behind. The same change has the same id. */
export function tierChangedEvent(change: TierChange): TierChanged {
  const { programId, partnerId, sequence, from, to, effectiveFrom, source, recordedAt } = change;
  return {
    type: 'tier.changed',
    eventId: `tier-changed~${programId}~${partnerId}~${sequence}`,
    programId,
    partnerId,
    occurredAt: recordedAt,
    from,
    to,
    effectiveFrom,
    reason: source,
  };
}

/**
 * What the world hears of an agreement: that it was accepted or terminated, by whom as an opaque id, and which text. Reasons
 * and papers stay behind; renewals and withdrawals concern nobody else. The same act has the same id.
 */
export function agreementEvents({ programId, partnerId, record }: PartnerAgreementRecord): readonly DomainEvent[] {
  const { agreementId, at, by } = record;
  const whose = { programId, partnerId, agreementId, occurredAt: at, by };
  const idOf = (what: string): string => `agreement-${what}~${programId}~${partnerId}~${agreementId}`;
  if (record.kind === 'accepted') {
    const { textHash, method, effectiveFrom } = record;
    return [{ type: 'agreement.accepted', eventId: idOf('accepted'), ...whose, textHash, method, effectiveFrom }];
  }
  if (record.kind !== 'terminated') return [];
  const { cause, effect, endsAt, actId } = record;
  const eventId = `${idOf('terminated')}~${actId}`;
  return [{ type: 'agreement.terminated', eventId, ...whose, cause, effect, endsAt }];
}

/** What the world hears of a changed payee: that it changed, and the rail. The same change has the same id. */
export function payeeChangedEvent(notice: Omit<PayeeNotice, 'name' | 'email'>): PayeeChanged {
  const { programId, partnerId, payeeId, shown, changedAt, usableFrom } = notice;
  return {
    type: 'payee.changed',
    eventId: `payee-changed~${programId}~${partnerId}~${payeeId}`,
    programId,
    partnerId,
    occurredAt: changedAt,
    payeeId,
    rail: shown.rail,
    ...(usableFrom === undefined ? {} : { usableFrom }),
  };
}

/** The sequence in a `tier.changed` event id, by which its record is found. */
export function tierChangeSequence(eventId: string): number | undefined {
  const match = /^tier-changed~[^~]+~[^~]+~(\d{1,6})$/.exec(eventId);
  return match ? Number(match[1]) : undefined;
}
