import { creditsAnswer, outcomeOf } from '#functions/referrals/credit-answers';
import type {
  AttributionStamp,
  ConversionRecord,
  ListedConversion,
  ReattributionRecord,
  Redemption,
  RefundRecord,
} from '#shared/application/referrals/ports';
import { isHeldReason, reasonForPartner } from '#shared/domain/fraud/hold';
import { shareBpsOf } from '#shared/domain/money/split-credit';
import { toInstant } from '#shared/domain/time/instant';
import type { WeighedTouch } from '#shared/domain/tracking/attribution';
import { amountOff } from '#shared/domain/tracking/discount';

/** A sale as the API shows it. */
export function conversionAnswer(conversion: ConversionRecord): Record<string, unknown> {
  const { orderId, customerId, partnerId, occurredAt, period, amountMinor, currency, earnsNothing } = conversion;
  const { category, country, convertedFrom, signals, holdUntil } = conversion;
  const { touches, why, rules, settingsVersion } = conversion.attribution;
  // Of a split sale nobody won alone: `credits` says who has what.
  const winner = conversion.credits ? undefined : touches.find((touch) => touch.outcome === 'won');
  return {
    orderId,
    customerId,
    partnerId: partnerId ?? null,
    occurredAt,
    period,
    amount: { minor: amountMinor, currency },
    category,
    country,
    convertedFrom,
    ...creditsAnswer(conversion),
    signals,
    holdUntil: isHeldReason(earnsNothing) ? holdUntil : undefined,
    outcome: outcomeOf(conversion),
    ...(earnsNothing === undefined ? {} : { earnsNothing }),
    attribution: {
      winner: winner ? { kind: winner.kind, partnerId: winner.partnerId, reference: winner.reference } : null,
      touches: touches.map(touchAnswer),
      why,
      rules,
      settingsVersion,
    },
  };
}

/** A sale in a list; who bought is nothing that a partner learns. */
export function conversionSummary(
  { conversion, isFormer }: ListedConversion,
  isPartner: boolean,
): Record<string, unknown> {
  const { orderId, customerId, partnerId, occurredAt, period, amountMinor, currency, earnsNothing } = conversion;
  const { category, country, refundedMinor, nettedMinor, credit, signals } = conversion;
  return {
    orderId,
    ...(isPartner ? {} : { customerId }),
    partnerId: partnerId ?? null,
    occurredAt,
    period,
    amount: { minor: amountMinor, currency },
    shareBps: credit && shareBpsOf(credit),
    refundedMinor,
    nettedMinor,
    category,
    country,
    outcome: outcomeOf(conversion),
    earnsNothing: isPartner && earnsNothing !== undefined ? reasonForPartner(earnsNothing) : earnsNothing,
    ...(isPartner ? {} : { signals }),
    reattributed: reattributedAs(conversion, isFormer),
  };
}

function reattributedAs(
  { reattributions = 0, holdChanges = 0, earnsNothing }: ConversionRecord,
  isFormer: boolean,
): string | undefined {
  if (isFormer) return isHeldReason(earnsNothing) ? 'decided_later' : 'given_away';
  return reattributions > holdChanges ? 'received' : undefined;
}

function touchAnswer({ at, ...touch }: WeighedTouch): Record<string, unknown> {
  return { ...touch, ...(at === undefined ? {} : { at: toInstant(at) }) };
}

export function refundAnswer(refund: RefundRecord): Record<string, unknown> {
  const { refundId, orderId, partnerId, occurredAt, period, amountMinor, currency, kind, late } = refund;
  return { refundId, orderId, partnerId: partnerId ?? null, occurredAt, period, amountMinor, currency, kind, late };
}

/** That a sale went to another partner, as staff see it. */
export function reattributionAnswer(reattribution: ReattributionRecord): Record<string, unknown> {
  const { reattributionId, at, by, reason, disputeId, before, after } = reattribution;
  return { reattributionId, at, by, reason, disputeId, before: stampAnswer(before), after: stampAnswer(after) };
}

function stampAnswer({ partnerId, period, earnsNothing, nettedMinor }: AttributionStamp): Record<string, unknown> {
  return { partnerId: partnerId ?? null, period, earnsNothing, nettedMinor };
}

export function redemptionAnswer(redemption: Redemption): Record<string, unknown> {
  const { redemptionId, code, codeAsMade = code, customerId, partnerId, status } = redemption;
  const { reservedUntil, terms = {}, spend, orderId } = redemption;
  const off = terms.discount && spend && amountOff(terms.discount, spend.minor);
  return {
    redemptionId,
    code: codeAsMade,
    customerId,
    partnerId,
    status,
    ...(status === 'reserved' ? { expiresAt: reservedUntil } : {}),
    ...terms,
    spend,
    amountOff: off === undefined ? undefined : { minor: off, currency: spend?.currency },
    orderId,
  };
}
