import { OLD_NEWS_MS } from '#shared/application/notifications/sales-between';
import { eventAmount } from '#shared/contracts/event-amount';
import type { DomainEvent } from '#shared/contracts/events';
import { isHeldReason } from '#shared/domain/fraud/hold';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

/** What a partner has of a sale: all of it, or its part of a split one. */
export type PartnerSale = {
  readonly programId: string;
  readonly orderId: string;
  readonly partnerId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Why it earns nothing; absent when it earns. */
  readonly earnsNothing?: string | undefined;
  /** When it was recorded, or changed last. */
  readonly changedAt: Instant;
};

/**
 * What a partner is told of a sale that was recorded or changed: that it has it, or that it is held. A sale that was held is told as
 * recorded once it is released, one that another partner gets as recorded to that one. A sale that earns nothing for another reason,
 * such as the partner's own purchase, and one that is voided, are told to nobody here: the statement says why. The ids follow from
 * sale, partner and event, so that a partner is told each once of a sale, whatever becomes of it afterwards.
 */
export function saleEvents(before: PartnerSale | undefined, after: PartnerSale): readonly DomainEvent[] {
  const told = toldOf(after);
  const isKnown = before !== undefined && before.partnerId === after.partnerId && toldOf(before) === told;
  if (told === undefined || isKnown) return [];
  const { programId, orderId, partnerId, occurredAt, amountMinor, currency, changedAt } = after;
  // What waited for its release, or for its partner, is news however old it is.
  const isLate = before === undefined && toEpochMs(changedAt) - toEpochMs(occurredAt) > OLD_NEWS_MS;
  return [
    {
      type: `conversion.${told}`,
      eventId: `${programId}/${orderId}/${told}/${partnerId}`,
      programId,
      partnerId,
      orderId,
      soldAt: occurredAt,
      amount: eventAmount(amountMinor, currency),
      occurredAt: changedAt,
      ...(isLate ? { isLate } : {}),
    },
  ];
}

function toldOf({ earnsNothing }: PartnerSale): 'recorded' | 'held' | undefined {
  if (earnsNothing === undefined) return 'recorded';
  return isHeldReason(earnsNothing) ? 'held' : undefined;
}
