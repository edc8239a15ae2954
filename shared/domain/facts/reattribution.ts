import { isHeldReason } from '../fraud/hold.ts';
import { laterPeriod, nextPeriod } from '../time/calendar.ts';
import type { Period } from '../time/instant.ts';
import { isLate } from './facts.ts';

/**
 * A sale given to another partner after it was recorded, as a dispute or a manager decides. What a closed month has read
 * stays there as it was; the sale counts from the next open period on (design.md, Commission semantics 13).
 */

/** One transaction holds the sale and each refund twice, once moved and once as a copy for a closed month. */
export const MAX_REFUNDS_MOVED = 40;

/** Why a sale is not moved; each has another way out. */
export type ReattributionRefusal = 'split_sale' | 'same_partner' | 'self_referral' | 'held' | 'month_closed';

type Attributed = {
  /** `undefined`: nobody could claim it. */
  readonly partnerId: string | undefined;
  readonly period: Period;
  readonly earnsNothing?: string | undefined;
  /** Set where the sale is split between partners. */
  readonly credits?: readonly unknown[] | undefined;
};

/**
 * Whether a sale may go to `partnerId`. It may while its month is open, and in a closed one when no partner was paid for it:
 * nobody could claim it, or it earns nothing by its attribution. A self-referral never earns, whoever asks for it. One that is
 * held waits for the decision on that: going to another partner must not end it unseen. A sale that is split between partners
 * stays with them: adjustments move money between them.
 */
export function reattributionRefusal(
  sale: Attributed,
  to: { readonly partnerId: string; readonly isSelfReferral: boolean },
  closedThrough: Period,
): ReattributionRefusal | undefined {
  if (sale.credits !== undefined) return 'split_sale';
  if (sale.partnerId === to.partnerId) return 'same_partner';
  if (to.isSelfReferral) return 'self_referral';
  if (isHeldReason(sale.earnsNothing)) return 'held';
  const mayHavePaid = sale.partnerId !== undefined && sale.earnsNothing === undefined;
  return mayHavePaid && sale.period <= closedThrough ? 'month_closed' : undefined;
}

type Stamped = { readonly period: Period };
type StampedRefund = Stamped & { readonly late: boolean; readonly amountMinor: bigint };

export type Restamped<R extends StampedRefund> = {
  /** Of the statement that pays the sale from now on: its own while that is open, else the first open one. */
  readonly period: Period;
  /** Where the sale stood when it was recorded: first purchases are decided by it and never move (semantics 2). */
  readonly firstPurchasePeriod: Period;
  /** Minor units of the refunds that are not later than `period` (semantics 3). */
  readonly nettedMinor: bigint;
  readonly refunds: readonly R[];
};

/**
 * Stamps a sale and the refunds recorded so far as if they were recorded now: nothing goes into a closed period, and a
 * refund that came late for the old period may be in time for the new one.
 */
export function restamp<R extends StampedRefund>(
  sale: Stamped & { readonly firstPurchasePeriod?: Period | undefined },
  refunds: readonly R[],
  closedThrough: Period,
): Restamped<R> {
  const firstOpen = nextPeriod(closedThrough);
  const period = laterPeriod(sale.period, firstOpen);
  const stamped = refunds.map((refund) => {
    const open = laterPeriod(refund.period, firstOpen);
    return { ...refund, period: open, late: isLate(open, period) };
  });
  const nettedMinor = stamped.reduce((sum, refund) => (refund.late ? sum : sum + refund.amountMinor), 0n);
  return { period, firstPurchasePeriod: sale.firstPurchasePeriod ?? sale.period, nettedMinor, refunds: stamped };
}

/** Whether a closed month of a partner has read the fact: then a copy stays for it, so that the month is proved by the same facts. */
export function staysReadable(
  fact: { readonly partnerId: string | undefined } & Stamped,
  closedThrough: Period,
): boolean {
  return fact.partnerId !== undefined && fact.period <= closedThrough;
}
