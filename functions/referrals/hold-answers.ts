import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { AttributionStamp, OrderRecord, ReattributionRecord } from '#shared/application/referrals/ports';

/** A hold as staff see it; no partner does. */
export function holdAnswer(hold: Hold): Record<string, unknown> {
  const { orderId, partnerIds, status, signals, occurredAt, period, amountMinor, currency } = hold;
  const { heldAt, deadline, escalatedAt, decision: made } = hold;
  return {
    orderId,
    partnerIds,
    status,
    signals,
    occurredAt,
    period,
    amount: { minor: amountMinor, currency },
    heldAt,
    deadline,
    escalatedAt,
    decision: made && { decision: made.decision, reason: made.reason, by: made.by, at: made.at },
  };
}

export function holdDetail({
  hold,
  conversion,
  holdRecords = [],
}: OrderRecord & { readonly hold: Hold }): Record<string, unknown> {
  const { customerId, earnsNothing, refundedMinor } = conversion;
  return { ...holdAnswer(hold), customerId, earnsNothing, refundedMinor, records: holdRecords.map(recordAnswer) };
}

function recordAnswer({ kind, at, by, reason, before, after }: ReattributionRecord): Record<string, unknown> {
  return { kind, at, by, reason, before: stamp(before), after: stamp(after) };
}

function stamp({ period, earnsNothing, nettedMinor }: AttributionStamp): Record<string, unknown> {
  return { period, earnsNothing, nettedMinor };
}
