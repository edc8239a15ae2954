import type { Instant, Period } from '../time/instant.ts';

/** Why an adjustment was made. `write_off` gives up what a partner owes; `dispute` answers a partner's claim. */
export const REASON_CODES = ['correction', 'goodwill', 'bonus', 'dispute', 'write_off', 'other'] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export type AdjustmentStatus = 'proposed' | 'recorded' | 'declined';

type Made = { readonly amountMinor: bigint; readonly reasonCode: ReasonCode };

/**
 * What an adjustment is added up with: a maker's own for one partner, currency and period, by what they do. Additions,
 * takings and write-offs are summed apart, so that a mistake can be taken back without a second person and yet nobody
 * passes under the limit in pieces.
 */
export type AdjustmentDirection = 'added' | 'taken' | 'written_off';

export function directionOf({ amountMinor, reasonCode }: Made): AdjustmentDirection {
  if (reasonCode === 'write_off') return 'written_off';
  return amountMinor > 0n ? 'added' : 'taken';
}

/** The limit for an adjustment's kind; `undefined`: nobody else needs to look. */
export function limitOf(
  reasonCode: ReasonCode,
  controls: { readonly adjustmentLimitMinor?: bigint | undefined; readonly writeOffLimitMinor: bigint },
): bigint | undefined {
  return reasonCode === 'write_off' ? controls.writeOffLimitMinor : controls.adjustmentLimitMinor;
}

/**
 * What the maker may have recorded alone before, in the same direction, for this one to need no second person; `undefined`
 * when it is above the limit by itself. Minor units of its own currency.
 */
export function roomBefore(amountMinor: bigint, limitMinor: bigint): bigint | undefined {
  const size = sizeOf(amountMinor);
  return size > limitMinor ? undefined : limitMinor - size;
}

export function sizeOf(amountMinor: bigint): bigint {
  return amountMinor < 0n ? -amountMinor : amountMinor;
}

/**
 * Whether an adjustment is proposed whatever its amount: its maker acts for the partner, or there is a limit and it is dated
 * ahead, to a month after the first open one or to an instant to come, where each month would have a limit of its own.
 */
export function isAlwaysProposed(
  adjustment: { readonly partnerId: string; readonly period: Period; readonly occurredAt: Instant },
  by: {
    readonly limitMinor: bigint | undefined;
    readonly firstOpen: Period;
    readonly now: Instant;
    /** Partners that the maker acts for. */
    readonly ownPartners: readonly string[];
  },
): boolean {
  if (by.ownPartners.includes(adjustment.partnerId)) return true;
  if (by.limitMinor === undefined) return false;
  return adjustment.period > by.firstOpen || adjustment.occurredAt > by.now;
}

export type GivenAdjustmentDecision = { readonly decision: 'approve' | 'decline'; readonly by: string };

export type AdjustmentDecisionAnswer =
  /** The same person sends the same decision again. */
  'accepted' | 'repeated' | 'own_adjustment' | 'own_partner' | 'not_proposed';

/**
 * Whether a person may decide on a proposed adjustment: never who made it, nor who made the API key that did, nor who acts for
 * the partner that it is about.
 */
export function weighAdjustmentDecision(
  adjustment: {
    readonly status: AdjustmentStatus;
    readonly partnerId: string;
    readonly recordedBy: string;
    readonly onBehalfOf?: string | undefined;
    readonly decision?: GivenAdjustmentDecision | undefined;
  },
  given: GivenAdjustmentDecision & { readonly ownPartners: readonly string[] },
): AdjustmentDecisionAnswer {
  const { decision } = adjustment;
  if (decision && decision.by === given.by && decision.decision === given.decision) return 'repeated';
  if (adjustment.status !== 'proposed') return 'not_proposed';
  const isOwn = given.by === adjustment.recordedBy || given.by === adjustment.onBehalfOf;
  if (isOwn) return 'own_adjustment';
  return given.ownPartners.includes(adjustment.partnerId) ? 'own_partner' : 'accepted';
}
