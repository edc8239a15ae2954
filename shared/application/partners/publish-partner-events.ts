import type { TierChange } from '#shared/application/partners/ports';
import type { DomainEvent } from '#shared/contracts/events';

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

/** The sequence in a `tier.changed` event id, by which its record is found. */
export function tierChangeSequence(eventId: string): number | undefined {
  const match = /^tier-changed~[^~]+~[^~]+~(\d{1,6})$/.exec(eventId);
  return match ? Number(match[1]) : undefined;
}
