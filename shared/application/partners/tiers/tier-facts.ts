import type { FirstPurchase } from '#shared/application/referral-facts';
import type { Instant, Period } from '#shared/domain/time/instant';

/** A sale as it counts for one partner, as far as tiers look at it. */
export type MonthSale = {
  readonly orderId: string;
  readonly customerId: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** All its refunds, whenever they were recorded. */
  readonly refundedMinor: bigint;
  readonly earnsNothing?: string | undefined;
  /** When it was last moved, held, released or voided. */
  readonly changedAt?: Instant | undefined;
};

export type MonthRefund = {
  readonly orderId: string;
  readonly amountMinor: bigint;
  readonly recordedAt: Instant;
};

/** What happened to an order after it was recorded: whose it was until `at`, and why it earned nothing then. */
export type OrderMove = {
  readonly at: Instant;
  readonly partnerId: string | undefined;
  readonly earnsNothing?: string | undefined;
};

/** One page of a partner's facts of a month: all refunds before the sales, and of these the newest first. */
export type MonthPage = {
  readonly sales: readonly MonthSale[];
  readonly refunds: readonly MonthRefund[];
  /** Where the next page begins; absent: there is none. */
  readonly next?: string | undefined;
};

/** A sale that a partner had and has no more, as it is now. */
export type GivenAway = {
  /** Who had it, and in which month it counted there. */
  readonly partnerId: string;
  readonly period: Period;
  readonly sale: MonthSale;
  readonly refunds: readonly MonthRefund[];
};

/** Sales that were given to another partner: a review before that may have counted them. */
export type GivenAwaySales = {
  /** Those whose new owner counts them in `period`. */
  inPeriod(programId: string, period: Period): Promise<readonly GivenAway[]>;
};

/** What a tier review reads of referrals: a month of a partner in one query, without what tiers do not look at. */
export type TierFacts = {
  month(programId: string, partnerId: string, period: Period, after?: string): Promise<MonthPage>;
  firstPurchases(programId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, FirstPurchase>>;
  /** In their order; nothing of an order that never moved. `partnerId`: of a split sale whose part is asked for. */
  moves(programId: string, orderId: string, partnerId: string): Promise<readonly OrderMove[]>;
  /** The months of an order's refunds, in no order. */
  refundMonths(programId: string, orderId: string): Promise<readonly Period[]>;
};

/** A sale of a closed month that counts, as it is remembered. */
export type RememberedSale = {
  readonly orderId: string;
  readonly occurredAt: Instant;
  /** What was left of it when its memo was written. */
  readonly leftMinor: bigint;
  readonly isFirst: boolean;
  readonly customerId?: string | undefined;
  readonly inCurrency: boolean;
};

/**
 * What the months `from` to `through` of a partner come to, once they can change no more: derived from facts, and read anew
 * from them whenever it does not answer what is asked.
 */
export type TierMemo = {
  readonly programId: string;
  readonly partnerId: string;
  readonly from: Period;
  readonly through: Period;
  /** `firsts`: first purchases alone, without their customers. */
  readonly holds: 'firsts' | 'all';
  /** Sales from before this instant may be missing. */
  readonly cutAt?: Instant | undefined;
  readonly sales: readonly RememberedSale[];
};

export type TierMemos = {
  find(programId: string, partnerIds: readonly string[]): Promise<ReadonlyMap<string, TierMemo>>;
  /** Replaces what was remembered. */
  put(memos: readonly TierMemo[]): Promise<void>;
};
