import type { PartnerAgreementRecord } from '#shared/application/partners/agreement-ports';
import type { PayeeNotice } from '#shared/application/partners/payee-ports';
import type { TierChange } from '#shared/application/partners/ports';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import type { DomainEvent } from '#shared/contracts/events';

type PayeeChanged = Extract<DomainEvent, { type: 'payee.changed' }>;
type TierChanged = Extract<DomainEvent, { type: 'tier.changed' | 'tier.promoted' | 'tier.demoted' }>;

/**
 * What the world hears of a tier change: up or down by the programme's tiers, or neither; ids and tiers, while a person's words
 * stay behind. The same change has the same id.
 */
export function tierChangedEvent(change: TierChange): TierChanged {
  const { programId, partnerId, sequence, from, to, effectiveFrom, source, recordedAt } = change;
  const eventId = `tier-changed~${programId}~${partnerId}~${sequence}`;
  const event = { eventId, programId, partnerId, occurredAt: recordedAt, from, to, effectiveFrom };
  if (change.direction === undefined) return { type: 'tier.changed', ...event, reason: source };
  return { type: change.direction === 'up' ? 'tier.promoted' : 'tier.demoted', ...event, sequence };
}

/**
 * What the world hears of a review's step. Promotions and demotions are told when they take effect, by their tier change. The
 * same step has the same id.
 */
export function tierStepEvents(step: TierStep): readonly DomainEvent[] {
  const { programId, partnerId, number, kind, at, asOf, tier, to = tier, warningId = '', endsAt = at } = step;
  const event = {
    eventId: `tier-step~${programId}~${partnerId}~${number}`,
    programId,
    partnerId,
    occurredAt: at,
    tier,
  };
  if (kind === 'within_reach') return [{ type: 'tier.within_reach', ...event, next: to, asOf }];
  if (kind === 'lifted') return [{ type: 'tier.demotion_lifted', ...event, warningId }];
  if (kind !== 'warned') return [];
  return [{ type: 'tier.demotion_warned', ...event, warningId, to, endsAt, isLast: step.isLast ?? false }];
}

/** The number of a step in its event's id, by which its record is found. */
export function tierStepNumber(eventId: string): number | undefined {
  const match = /^tier-step~[^~]+~[^~]+~(\d{1,6})$/.exec(eventId);
  return match ? Number(match[1]) : undefined;
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

/** The sequence in the event id of a tier change, by which its record is found. */
export function tierChangeSequence(eventId: string): number | undefined {
  const match = /^tier-changed~[^~]+~[^~]+~(\d{1,6})$/.exec(eventId);
  return match ? Number(match[1]) : undefined;
}
