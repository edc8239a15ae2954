import type { PayeeAccounts } from '#shared/application/payee-accounts';
import type { Page } from '#shared/application/ports';
import type { CreditPart, FirstPurchase, RefundFact } from '#shared/application/referral-facts';
import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { CustomerHistory } from '#shared/domain/facts/first-purchase';
import type { FraudSignal } from '#shared/domain/fraud/fraud-signal';
import type { HoldDecision } from '#shared/domain/fraud/hold';
import type { ConvertedFrom } from '#shared/domain/money/convert-money';
import type { Currency } from '#shared/domain/money/money';
import type { Credit } from '#shared/domain/money/split-credit';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { AttributionReason, AttributionRules, Touch, WeighedTouch } from '#shared/domain/tracking/attribution';
import type { Binding } from '#shared/domain/tracking/binding';
import type { Click } from '#shared/domain/tracking/click-token';
import type { OfferTerms } from '#shared/domain/tracking/discount';

/** Which touches were weighed, why one won, and by which settings. Never changes, whatever becomes of settings and sale. */
export type RecordedAttribution = {
  readonly touches: readonly WeighedTouch[];
  readonly why: AttributionReason;
  /** As they were in force; absent: decided before they were kept. */
  readonly rules?: AttributionRules | undefined;
  /** The number of the settings that the rules are from. */
  readonly settingsVersion?: number | undefined;
};

/** A recorded sale. Only the two sums change after it was recorded, and what a re-attribution says anew. */
export type ConversionRecord = {
  readonly programId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly partnerId: string | undefined;
  readonly occurredAt: Instant;
  readonly period: Period;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly refundedMinor: bigint;
  readonly nettedMinor: bigint;
  readonly earnsNothing?: string | undefined;
  /** Of a split sale, which is no partner's: who has which share of it, by partner id. */
  readonly credits?: readonly CreditPart[] | undefined;
  /** Only on one partner's part of a split sale, whose amounts are the part's. */
  readonly credit?: Credit | undefined;
  /** What the merchant sent of the buyer, to recognise partners that buy from themselves. */
  readonly customerEmailHash?: string | undefined;
  readonly paymentHash?: string | undefined;
  readonly deviceHash?: string | undefined;
  /** What may be wrong with it; absent: nothing was found. */
  readonly signals?: readonly FraudSignal[] | undefined;
  /** Of a sale that was held: when somebody must have decided. */
  readonly holdUntil?: Instant | undefined;
  /** How many of its changes (`reattributions`) were holds, releases and voids; absent: none. */
  readonly holdChanges?: number | undefined;
  /** The period it was recorded with; only of a re-attributed sale. */
  readonly firstPurchasePeriod?: Period | undefined;
  /** How often it was re-attributed; absent: never. */
  readonly reattributions?: number | undefined;
  /** What was sold and where, as the merchant said; absent where it did not. */
  readonly category?: string | undefined;
  readonly country?: string | undefined;
  readonly convertedFrom?: ConvertedFrom | undefined;
  /** As it was decided when the sale was recorded, whoever has it now. */
  readonly attribution: RecordedAttribution;
  /** As supplied, also when it came too late to count. */
  readonly customerFirstPurchaseAt?: Instant | undefined;
  /** As the merchant said; absent where it did not. */
  readonly isNewCustomer?: boolean | undefined;
  readonly recordedAt: Instant;
  /** Digest of what was sent: tells a repeat from a conflict. */
  readonly contentHash: string;
};

export type RefundRecord = RefundFact & {
  readonly programId: string;
  readonly recordedAt: Instant;
  readonly contentHash: string;
};

/** Where a sale and its refunds count. */
export type AttributionStamp = {
  readonly partnerId: string | undefined;
  readonly period: Period;
  readonly earnsNothing?: string | undefined;
  readonly nettedMinor: bigint;
  readonly refunds: readonly { readonly refundId: string; readonly period: Period; readonly late: boolean }[];
};

/** That a sale went to another partner: written once, never changed. */
export type ReattributionRecord = {
  readonly reattributionId: string;
  /** 1, 2, 3 ... within the order. */
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  /** The person who made the API key that called. */
  readonly onBehalfOf?: string | undefined;
  readonly reason: string;
  readonly disputeId?: string | undefined;
  /** Absent: it went to another partner. `hold`: it was held after it was recorded. The others: how its hold ended. */
  readonly kind?: 'hold' | HoldDecision | undefined;
  readonly before: AttributionStamp;
  readonly after: AttributionStamp;
};

/** One partner's part of a split sale, with its parts of the refunds. */
export type SalePart = { readonly conversion: ConversionRecord; readonly refunds: readonly RefundRecord[] };

export type OrderRecord = {
  readonly conversion: ConversionRecord;
  readonly refunds: readonly RefundRecord[];
  /** Of a split sale, by partner id. */
  readonly parts?: readonly SalePart[] | undefined;
  /** Oldest first. */
  readonly reattributions: readonly ReattributionRecord[];
  /** Of a sale that was ever held. */
  readonly hold?: Hold | undefined;
  /** How it was held later on, released or voided; numbered with `reattributions`. */
  readonly holdRecords?: readonly ReattributionRecord[] | undefined;
};

/** A sale and its refunds as they are to be from now on, with the copies that stay for the closed months that have read them. */
export type RestampedSale = {
  readonly conversion: ConversionRecord;
  readonly refunds: readonly RefundRecord[];
  readonly former: { readonly conversion?: ConversionRecord | undefined; readonly refunds: readonly RefundRecord[] };
};

/** An order as it is to be from now on. */
export type Reattribution = RestampedSale & {
  readonly record: ReattributionRecord;
  /** Of a split sale, in the order of its parts. */
  readonly parts?: readonly RestampedSale[] | undefined;
  /** As it is from now on, where the change is about it. */
  readonly hold?: Hold | undefined;
};

export type ReattributionStore = {
  /** One transaction, conditional on the order being as `before`. `contended`: it changed; read again and repeat. */
  save(before: OrderRecord, change: Reattribution): Promise<'saved' | 'contended'>;
};

/** What is known of a customer when a sale is recorded. */
export type CustomerRecord = CustomerHistory & {
  /** Whom the customer belonged to and since when, in the order recorded. */
  readonly bindings?: readonly Binding[] | undefined;
  /** Clicks and codes that were remembered for the customer before a sale. */
  readonly touches?: readonly Touch[] | undefined;
};

/** What a sale changes of its customer; no member when nothing changes. */
export type CustomerChange = CustomerHistory & {
  /** All of them, the new one last. */
  readonly bindings?: readonly Binding[] | undefined;
  /** The customer as the decision stands on it: if history or bindings are others by now, the outcome is `contended`. */
  readonly standsOn?: CustomerRecord | undefined;
};

export type ConversionStore = {
  /** Empty for a customer never seen. Consistent. */
  history(programId: string, customerId: string): Promise<CustomerRecord>;
  /**
   * Stores the conversion and, together with it, what it changes of its customer and the parts of a split sale.
   * `exists`: the order was recorded before. `contended`: another writer was faster; read again and repeat.
   */
  add(
    conversion: ConversionRecord,
    change: CustomerChange,
    parts?: readonly ConversionRecord[],
  ): Promise<'recorded' | 'exists' | 'contended'>;
  find(programId: string, orderId: string): Promise<ConversionRecord | undefined>;
  findOrder(programId: string, orderId: string): Promise<OrderRecord | undefined>;
};

/** A sale in a month's list. */
export type ListedConversion = {
  readonly conversion: ConversionRecord;
  /** It was re-attributed after the month was closed: a copy of what the month has read, which counts elsewhere now. */
  readonly isFormer: boolean;
};

export type ConversionPages = {
  /**
   * Sales that count in a month, of a partner or of nobody, by when they occurred, then order id.
   * @throws Failure invalid_request for a cursor that no such list gave
   */
  ofMonth(
    of: { readonly programId: string; readonly partnerId: string | undefined; readonly period: Period },
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<ListedConversion>>;
};

/** What a refund takes from the parts of a split sale, if nothing else was refunded since `refundedBeforeMinor` was. */
export type SplitRefund = { readonly refundedBeforeMinor: bigint; readonly parts: readonly RefundRecord[] };

export type RefundStore = {
  /**
   * Stores the refund and moves the sums of its conversion in one transaction. `exceeds`: nothing stored.
   * `reattributions`: how often the sale that the refund was stamped by was re-attributed; `contended` if it was again.
   * `split`: the same for the parts of a split sale; `contended` if another refund came in between.
   */
  add(
    refund: RefundRecord,
    saleMinor: bigint,
    reattributions?: number,
    split?: SplitRefund,
  ): Promise<'recorded' | 'exists' | 'exceeds' | 'contended'>;
  find(programId: string, refundId: string): Promise<RefundRecord | undefined>;
};

/** Who a partner is, as far as this service must know. */
export type PartnerDirectory = {
  /** `undefined`: there is no such partner. */
  find(programId: string, partnerId: string): Promise<KnownPartner | undefined>;
  /** Whether a `paymentHash` is the account that is kept as `accountHash`; absent: when they are equal. */
  readonly isAccount?: PayeeAccounts['isAccount'] | undefined;
};

export type KnownPartner = {
  readonly emailHash: string;
  /** Of the account that the partner is paid into; absent without one. */
  readonly accountHash?: string | undefined;
  /** Other partners that are paid into the same. */
  readonly samePayeeAs?: readonly string[] | undefined;
};

/** `undefined`: not a genuine token of this installation. */
export type ClickTokenVerifier = (token: string) => Promise<Click | undefined>;

/** A code as its buyers and checkouts see it; installation-wide. */
export type Code = OfferTerms & {
  /** As given; looked up by its canonical form. */
  readonly code: string;
  readonly programId: string;
  readonly partnerId: string;
  /** The offer in the merchant's words; without them the page says that a partner invites. */
  readonly description?: string | undefined;
  readonly validFrom?: Instant | undefined;
  readonly validUntil?: Instant | undefined;
  readonly disabled?: boolean | undefined;
  /** Absent: as many customers as like. */
  readonly maxRedemptions?: number | undefined;
  /** How often one customer may redeem it; absent: once. */
  readonly maxPerCustomer?: number | undefined;
};

export type CodeReader = { find(canonical: string): Promise<Code | undefined> };

export type { Redemption, RedemptionStore } from '#shared/application/referrals/redemptions/redemption-ports';
export type { FirstPurchase };
