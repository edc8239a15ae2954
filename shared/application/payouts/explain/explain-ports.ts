import type { ConversionFact, RefundFact } from '#shared/application/referral-facts';
import type { FraudSignal } from '#shared/domain/fraud/fraud-signal';
import type { HoldStatus } from '#shared/domain/fraud/hold';
import type { DisputeDecision, DisputeKind } from '#shared/domain/partner/dispute';
import type { NothingEarned, StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { AttributionReason, AttributionRules, WeighedTouch } from '#shared/domain/tracking/attribution';

/** A sale with all that was kept when it was recorded. */
export type ExplainedOrder = {
  readonly conversion: ConversionFact & {
    readonly attribution: {
      readonly touches: readonly WeighedTouch[];
      readonly why: AttributionReason;
      /** As they were in force; absent: decided before they were kept. */
      readonly rules?: AttributionRules | undefined;
    };
    /** As supplied, also when it came too late to count. */
    readonly customerFirstPurchaseAt?: Instant | undefined;
    readonly recordedAt: Instant;
    /** What may be wrong with it; absent: nothing was found. */
    readonly signals?: readonly FraudSignal[] | undefined;
  };
  readonly refunds: readonly ExplainedRefundFact[];
  /** Of a split sale: what each partner has of it. */
  readonly parts?:
    | readonly {
        readonly conversion: ConversionFact & { readonly recordedAt: Instant };
        readonly refunds: readonly ExplainedRefundFact[];
      }[]
    | undefined;
  /** Oldest first; absent or empty: the sale has the partner it was recorded with. */
  readonly reattributions?: readonly OrderReattribution[] | undefined;
  /** Of a sale that is, or was, held for review. */
  readonly hold?: OrderHold | undefined;
};

type ExplainedRefundFact = RefundFact & { readonly recordedAt: Instant };

export type OrderHold = {
  /** Whose sale it was then. */
  readonly partnerIds: readonly string[];
  readonly status: HoldStatus;
  readonly signals: readonly FraudSignal[];
  readonly heldAt: Instant;
  readonly deadline: Instant;
  readonly escalatedAt?: Instant | undefined;
  readonly decision?: { readonly by: string; readonly at: Instant; readonly reason: string } | undefined;
};

export type OrderReattribution = {
  readonly reattributionId: string;
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
  readonly disputeId?: string | undefined;
  readonly before: { readonly partnerId: string | undefined; readonly period: Period };
  readonly after: { readonly partnerId: string | undefined; readonly period: Period };
};

export type ExplainedOrders = {
  /** Read consistently. */
  findOrder(programId: string, orderId: string): Promise<ExplainedOrder | undefined>;
};

/** What a statement kept about one fact, beside the lines a conversion earned. */
export type StatedFacts = {
  /** Why a conversion of the statement wrote no line; empty when it wrote one. */
  nothing(programId: string, statementId: string, orderId: string): Promise<readonly NothingEarned[]>;
  /** The lines that a refund clawed back. */
  clawbackLines(
    programId: string,
    statementId: string,
    refund: { readonly occurredAt: Instant; readonly refundId: string },
  ): Promise<readonly StatementLine[]>;
};

/** What a statement kept of the sales that earned nothing, as it was written. */
export type NothingReader = {
  /** Whole pages in the order of the sales, those after the page `after`; pages count from 1. */
  nothingPages(
    programId: string,
    statementId: string,
    page: { readonly after: number; readonly limit: number },
  ): Promise<{
    readonly pages: readonly { readonly ordinal: number; readonly entries: readonly NothingEarned[] }[];
    readonly more: boolean;
  }>;
};

/** A dispute about an order, without a word of what was written. */
export type OrderDispute = {
  readonly disputeId: string;
  readonly partnerId: string;
  readonly kind: DisputeKind;
  readonly filedAt: Instant;
  /** Absent while it waits for an answer or its remedy is being carried out. */
  readonly endedAs?: 'carried_out' | 'declined' | 'withdrawn' | undefined;
  /** By number. */
  readonly decisions: readonly DisputeDecision[];
};

export type OrderDisputes = {
  /** Oldest first, of any partner. */
  ofOrder(programId: string, orderId: string): Promise<readonly OrderDispute[]>;
};
