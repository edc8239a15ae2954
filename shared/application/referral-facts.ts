import type { ConvertedFrom } from '#shared/domain/money/convert-money';
import type { Currency } from '#shared/domain/money/money';
import type { Instant, Period } from '#shared/domain/time/instant';

export type ConversionFact = {
  readonly orderId: string;
  readonly customerId: string;
  readonly partnerId: string | undefined;
  readonly occurredAt: Instant;
  readonly period: Period;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** Sum of the refunds whose period is not later than this conversion's. */
  readonly nettedMinor: bigint;
  /** Sum of all refunds. */
  readonly refundedMinor: bigint;
  /** Set when the attribution decided that the sale earns nothing, e.g. `self_referral`. */
  readonly earnsNothing?: string | undefined;
  /** Only of a re-attributed sale: the period it was recorded with, by which first purchases are decided. */
  readonly firstPurchasePeriod?: Period | undefined;
  /** What was sold and where, for rate rules; absent where the merchant did not say. */
  readonly category?: string | undefined;
  readonly country?: string | undefined;
  readonly convertedFrom?: ConvertedFrom | undefined;
  /** The earlier first purchase that the merchant named with this sale. */
  readonly customerFirstPurchaseAt?: Instant | undefined;
  /** When it became known; absent: when it occurred. */
  readonly recordedAt?: Instant | undefined;
  /** When a re-attribution gave it to its partner. */
  readonly reattributedAt?: Instant | undefined;
};

export type RefundFact = {
  readonly refundId: string;
  readonly orderId: string;
  readonly partnerId: string | undefined;
  readonly kind: 'refund' | 'chargeback';
  readonly occurredAt: Instant;
  readonly period: Period;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** True when its period is later than its conversion's: a clawback. */
  readonly late: boolean;
  /** When it became known; absent: when it occurred. */
  readonly recordedAt?: Instant | undefined;
};

/** The customer's first purchase (design.md, Commission semantics 2); no `orderId` when the merchant supplied an earlier date. */
export type FirstPurchase = { readonly at: Instant; readonly orderId?: string | undefined };

/** What the payouts and partners services may read of referrals: read-only, streamed, one page in memory. */
export type ReferralFacts = {
  /** A partner's conversions of a period in order of `occurredAt`, then order id. Partner `undefined`: the unattributed ones. */
  conversions(programId: string, partnerId: string | undefined, period: Period): AsyncIterable<ConversionFact>;
  /** Refunds whose own period is `period`, netted and late ones, by `occurredAt`, then id. */
  refunds(programId: string, partnerId: string | undefined, period: Period): AsyncIterable<RefundFact>;
  firstPurchases(programId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, FirstPurchase>>;
  /** An order with all its refunds, read consistently. */
  order(
    programId: string,
    orderId: string,
  ): Promise<{ readonly conversion: ConversionFact; readonly refunds: readonly RefundFact[] } | undefined>;
};

/** Whether a partner, or nobody, has any sale or refund in a month: one read where reading them all would be two. */
export type HasFacts = (programId: string, partnerId: string | undefined, period: Period) => Promise<boolean>;
