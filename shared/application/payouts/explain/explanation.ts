import type { Adjustment } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { OrderDispute } from '#shared/application/payouts/explain/explain-ports';
import type { BracketPosition } from '#shared/domain/explain/explain-brackets';
import type { ExplainedPeriod } from '#shared/domain/explain/explain-period';
import type { FraudSignal } from '#shared/domain/fraud/fraud-signal';
import type { HoldStatus } from '#shared/domain/fraud/hold';
import type { Payout } from '#shared/domain/ledger/payout';
import type { ConvertedFrom } from '#shared/domain/money/convert-money';
import type { Currency } from '#shared/domain/money/money';
import type { Component } from '#shared/domain/plan/plan';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { AttributionReason, AttributionRules, WeighedTouch } from '#shared/domain/tracking/attribution';

/** Every part says in `sentence` what a rule decided and why, and the same in fields. */
type Said<T> = T & { readonly sentence: string };

/** Another partner's touch shows what it was and what became of it, never whose. */
export type ExplainedTouch = Said<
  Pick<WeighedTouch, 'kind' | 'outcome'> &
    Partial<Omit<WeighedTouch, 'kind' | 'outcome' | 'at'>> & { at?: Instant | undefined }
>;

export type ExplainedRefund = {
  readonly refundId: string;
  readonly kind: 'refund' | 'chargeback';
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly period: Period;
  readonly amountMinor: bigint;
};

/** A refund that came in time, with what is left of the sale after it. */
export type NettedRefund = Said<ExplainedRefund & { readonly leftMinor: bigint }>;

/** The date of a first purchase that came with the sale. */
export type SuppliedFirstPurchase = Said<{ readonly at: Instant; readonly counts: boolean }>;

export type ExplainedDecision = Said<{
  readonly componentId: string;
  readonly kind: Component['kind'];
  readonly outcome: 'paid' | 'nothing' | 'by_the_period' | 'not_counted';
  readonly reason?: string | undefined;
  readonly amountMinor: bigint;
  readonly lines: readonly StatementLine[];
  readonly estimate: boolean;
  /** Where the sale stands in the brackets. */
  readonly position?: Said<BracketPosition> | undefined;
}>;

export type ExplainedClawback = Said<
  ExplainedRefund & {
    readonly statementId?: string | undefined;
    readonly lines: readonly StatementLine[];
    readonly estimate: boolean;
  }
>;

export type ExplainedDispute = Said<
  Omit<OrderDispute, 'decisions'> & {
    readonly decisions: readonly Pick<
      OrderDispute['decisions'][number],
      'number' | 'outcome' | 'decidedAt' | 'remedy'
    >[];
  }
>;

/** An adjustment whose reason names the order; of a dispute when it has a `disputeId`. */
export type ExplainedAdjustment = Said<
  Pick<
    Adjustment,
    | 'adjustmentId'
    | 'partnerId'
    | 'period'
    | 'occurredAt'
    | 'amountMinor'
    | 'currency'
    | 'reason'
    | 'reasonCode'
    | 'status'
  > & { readonly disputeId?: string | undefined; readonly statementId?: string | undefined }
>;

export type ExplainedStatement = Said<{
  readonly statementId: string;
  readonly runId: string;
  readonly period: Period;
  readonly state: 'draft' | 'final';
  readonly payout?: Pick<Payout, 'payoutId' | 'status' | 'amountMinor' | 'currency' | 'updatedAt'> | undefined;
}>;

/** That the sale went to another partner; to a partner without the one who had it and the words of staff. */
export type ExplainedReattribution = Said<{
  readonly reattributionId: string;
  readonly at: Instant;
  readonly partnerId: string | undefined;
  readonly period: Period;
  readonly disputeId?: string | undefined;
  readonly reason?: string | undefined;
}>;

export type ExplainedReview = Said<{
  /** `flagged`: only shown. The three of partners are their words for the four of staff. */
  readonly status: HoldStatus | 'flagged' | 'under_review' | 'accepted' | 'not_accepted';
  readonly heldAt?: Instant | undefined;
  readonly deadline?: Instant | undefined;
  readonly signals?: readonly FraudSignal[] | undefined;
}>;

/** Why one sale earned what it earned: every rule that looked at it, in order (design.md, Commission semantics). */
export type Explanation = {
  readonly orderId: string;
  readonly customerId?: string | undefined;
  readonly partnerId: string | undefined;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** What was sold and where, for rates by category and country. */
  readonly category?: string | undefined;
  readonly country?: string | undefined;
  /** Absent: the amount is as it was made. */
  readonly convertedFrom?: Said<ConvertedFrom> | undefined;
  readonly status: 'attributed' | 'unattributed' | 'earns_nothing';
  /** True while no approved statement holds the sale: the amounts follow from today's facts. */
  readonly estimate: boolean;
  readonly earnedMinor: bigint;
  /** At most zero. */
  readonly clawbackMinor: bigint;
  readonly summary: string;
  /** The sentences of all parts, in the order in which the rules decided. */
  readonly story: readonly string[];
  /** Of a part of a split sale: the share of it. All amounts are the part's. */
  readonly shareBps?: number | undefined;
  /** Of a split sale as a whole, for staff: each partner's part, which has the decisions and clawbacks. */
  readonly parts?: readonly Explanation[] | undefined;
  readonly attribution: Said<{
    readonly why: AttributionReason;
    readonly rules: AttributionRules;
    readonly touches: readonly ExplainedTouch[];
  }>;
  /** Oldest first; empty: the sale has the partner it was recorded with. */
  readonly reattributions: readonly ExplainedReattribution[];
  /** That it was looked at for fraud; to a partner without the signals. Absent: it was not. */
  readonly review?: ExplainedReview | undefined;
  readonly period: Said<ExplainedPeriod>;
  readonly netting: Said<{
    readonly nettedMinor: bigint;
    readonly baseMinor: bigint;
    readonly refunds: readonly NettedRefund[];
  }>;
  readonly firstPurchase: Said<{
    readonly isThisSale: boolean;
    readonly at?: Instant | undefined;
    readonly orderId?: string | undefined;
    readonly suppliedByMerchant: boolean;
    readonly supplied?: SuppliedFirstPurchase | undefined;
  }>;
  /** Absent parts: nobody can claim the sale, or there was none in force. */
  readonly agreement?:
    | Said<{
        readonly agreementId?: string | undefined;
        readonly planVersion: number;
        /** Components agreed with this partner alone, in place of a published plan's. */
        readonly ownTerms: boolean;
        readonly from: Instant;
        /** Exclusive: its own end or the start of the next. */
        readonly until?: Instant | undefined;
        readonly endsAt?: Instant | undefined;
      }>
    | undefined;
  readonly tier?:
    | Said<{ readonly tier: string; readonly from: Instant; readonly until?: Instant | undefined }>
    | undefined;
  /** Why it earns nothing at all, whatever its components say. */
  readonly nothingBecause?: Said<{ readonly reason: string; readonly estimate: boolean }> | undefined;
  readonly decisions: readonly ExplainedDecision[];
  readonly clawbacks: readonly ExplainedClawback[];
  readonly disputes: readonly ExplainedDispute[];
  /** Not part of what the sale earned. */
  readonly adjustments: readonly ExplainedAdjustment[];
  readonly statements: readonly ExplainedStatement[];
};
