import type { FirstPurchaseCandidate } from '#shared/domain/facts/facts';
import type { CustomerHistory, SuppliedDate } from '#shared/domain/facts/first-purchase';
import type { HoldStatus } from '#shared/domain/fraud/hold';
import type { ConvertedFrom } from '#shared/domain/money/convert-money';
import type { Currency } from '#shared/domain/money/money';
import type { Credit, CreditShare } from '#shared/domain/money/split-credit';
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
  /** Set on one partner's part of a split sale: every amount is the part's. */
  readonly credit?: Credit | undefined;
  /** Set on a split sale as a whole, which is no partner's: by partner id. Its parts are facts of their own. */
  readonly credits?: readonly CreditPart[] | undefined;
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
  /** How often it was held, released or voided after it was recorded; absent: never. */
  readonly holdChanges?: number | undefined;
  /** When a re-attribution gave it to its partner. */
  readonly reattributedAt?: Instant | undefined;
};

/** `earnsNothing`: why this partner's part earns nothing, whatever the others earn. */
export type CreditPart = CreditShare & { readonly earnsNothing?: string | undefined };

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
export type FirstPurchase = {
  readonly at: Instant;
  readonly orderId?: string | undefined;
  /** The customer's first sale above zero, also where a supplied date took its place. */
  readonly firstSale?: FirstPurchaseCandidate | undefined;
  /** The dates that have counted in its place, oldest record first; absent of a customer from before they were kept. */
  readonly suppliedDates?: readonly SuppliedDate[] | undefined;
};

/** What is read of a customer's history. */
export function purchaseFact(
  { at, conversionId }: { readonly at: Instant; readonly conversionId?: string | undefined },
  { first, suppliedDates }: CustomerHistory,
): FirstPurchase {
  return {
    at,
    orderId: conversionId,
    ...(first ? { firstSale: first } : {}),
    ...(suppliedDates ? { suppliedDates } : {}),
  };
}

/** What the payouts and partners services may read of referrals: read-only, streamed, one page in memory. */
export type ReferralFacts = {
  /** A partner's conversions of a period in order of `occurredAt`, then order id. Partner `undefined`: the unattributed ones. */
  conversions(programId: string, partnerId: string | undefined, period: Period): AsyncIterable<ConversionFact>;
  /** Refunds whose own period is `period`, netted and late ones, by `occurredAt`, then id. */
  refunds(programId: string, partnerId: string | undefined, period: Period): AsyncIterable<RefundFact>;
  firstPurchases(programId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, FirstPurchase>>;
  /** An order with all its refunds, read consistently. */
  order(programId: string, orderId: string): Promise<OrderFacts | undefined>;
};

/** An order's sale and refunds as they count for one partner, or as a whole. */
export type SaleFacts = { readonly conversion: ConversionFact; readonly refunds: readonly RefundFact[] };

/** `parts`: of a split sale what each partner has of it. `hold`: of a sale that was ever held, whose it was then. */
export type OrderFacts = SaleFacts & {
  readonly parts?: readonly SaleFacts[] | undefined;
  readonly hold?: { readonly status: HoldStatus; readonly partnerIds: readonly string[] } | undefined;
};

/** What a partner has of an order: its own part of a split sale, else the order, whoever has it. */
export function factsOfPartner(order: OrderFacts, partnerId: string): SaleFacts {
  return order.parts?.find(({ conversion }) => conversion.partnerId === partnerId) ?? order;
}

/** Whether a partner, or nobody, has any sale or refund in a month: one read where reading them all would be two. */
export type HasFacts = (programId: string, partnerId: string | undefined, period: Period) => Promise<boolean>;
