import type { ReasonCode } from '../ledger/adjustment.ts';
import type { Currency } from '../money/money.ts';
import type { Credit } from '../money/split-credit.ts';
import type { Instant, Period } from '../time/instant.ts';

export type LineKind =
  | 'revenue_share'
  | 'referral_fee'
  | 'fixed_fee'
  | 'minimum_commitment'
  | 'clawback'
  | 'adjustment';

/** The cap that a line was cut to, and what it would have come to without caps. */
export type CutLine = { readonly per: 'customer' | 'period'; readonly limitMinor: bigint; readonly fromMinor: bigint };

/** What a line is a part of, where the sale was split between partners. */
export type SplitLine = { readonly wholeMinor: bigint; readonly shareBps: number };

/** One cent-exact reason in a statement. Fields that do not apply are absent. */
export type StatementLine = {
  readonly kind: LineKind;
  readonly amountMinor: bigint;
  readonly componentId?: string | undefined;
  readonly planVersion?: number | undefined;
  readonly conversionId?: string | undefined;
  readonly refundId?: string | undefined;
  readonly adjustmentId?: string | undefined;
  /** Only on `revenue_share`: the part of the conversion's base that this line pays. */
  readonly baseMinor?: bigint | undefined;
  readonly rateBps?: number | undefined;
  /** Which rule set the rate, in words, and what a cap cut: `wordedLine` puts both into the calculation. */
  readonly rateRule?: string | undefined;
  readonly cut?: CutLine | undefined;
  /** Only on a `referral_fee` of a split sale; worded like the two above. */
  readonly split?: SplitLine | undefined;
  /**
   * How the amount follows, where the line's own fields do not say it (fees, minimum, clawbacks, adjustments).
   * Readers call `calculationOf(line)`, which also words the shares: they are too many to carry a text each.
   */
  readonly calculation?: string | undefined;
};

export type StatementAmounts = {
  readonly earnedMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly adjustmentMinor: bigint;
  readonly openingBalanceMinor: bigint;
  readonly payableMinor: bigint;
  readonly closingBalanceMinor: bigint;
  /** The part of `adjustmentMinor` that gives up what the partner owed; absent when there is none. */
  readonly writtenOffMinor?: bigint | undefined;
  /** What waited in payouts that were not sent, which `openingBalanceMinor` is without; absent when nothing did. */
  readonly unsentMinor?: bigint | undefined;
};

export type Statement = StatementAmounts & {
  readonly partnerId: string;
  readonly period: Period;
  readonly currency: Currency;
  readonly lines: readonly StatementLine[];
};

/** Why a conversion, or one component for it, pays nothing. */
export type NothingReason =
  | 'no_agreement'
  | 'no_value'
  | 'refunded_before_the_statement'
  | 'plan_pays_no_conversions'
  | 'no_tier'
  | 'tier_not_named'
  | 'outside_window'
  | 'not_the_first_purchase'
  | 'other_currency'
  | 'cap_reached'
  | 'after_agreement_ended';

/**
 * Why a conversion of the period wrote no line: kept with the statement. One entry a component when each had its own
 * reason. `reason` is a `NothingReason` or what the attribution decided (`earnsNothing`).
 */
export type NothingEarned = {
  readonly conversionId: string;
  readonly componentId?: string | undefined;
  readonly reason: string;
};

export type MaturedConversion = {
  readonly conversionId: string;
  readonly customerId: string;
  readonly occurredAt: Instant;
  /** Of a split sale the partner's part, as all other amounts of it. */
  readonly amountMinor: bigint;
  /** Sum of the refunds whose period is not later than this conversion's. */
  readonly nettedMinor: bigint;
  /** The customer's first purchase over the whole programme, or the merchant's earlier date (then no conversion id). */
  readonly firstPurchase: { readonly at: Instant; readonly conversionId?: string | undefined } | undefined;
  /** Set when the attribution decided that the sale earns nothing, e.g. `self_referral`: neither paid nor counted. */
  readonly earnsNothing?: string | undefined;
  /** Which part of a split sale it is: needed where a plan pays a fixed amount for it. */
  readonly credit?: Credit | undefined;
  /** What rules of a plan may look at. */
  readonly category?: string | undefined;
  readonly country?: string | undefined;
};

/** A refund that came after its conversion was stated: claws back in its own period. */
export type LateRefund = {
  readonly refundId: string;
  readonly conversionId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  /** Late refunds of the same conversion that come before this one. */
  readonly lateRefundedBeforeMinor: bigint;
  /** The conversion's base after netting: what was paid on. */
  readonly paidBaseMinor: bigint;
  /** The conversion's earned lines, in their order. */
  readonly earnedLines: readonly StatementLine[];
};

export type Adjustment = {
  readonly adjustmentId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly reason?: string | undefined;
  readonly reasonCode?: ReasonCode | undefined;
};
