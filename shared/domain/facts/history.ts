import type { Currency } from '../money/money.ts';
import type { Credit } from '../money/split-credit.ts';
import type { AgreementTerm, Plan, TierTerm } from '../plan/plan.ts';
import type { Adjustment } from '../statement/statement.ts';
import type { Instant, Period } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

/** The last closed period when a fact was recorded; absent when nothing that matters to it was closed. */
export type Recorded = { readonly closedThrough?: Period | undefined };

export type HistoryConversion = Recorded & {
  readonly conversionId: string;
  readonly customerId: string;
  readonly occurredAt: Instant;
  /** The whole sale, also where the partner has a part of it; the same of its refunds. */
  readonly amountMinor: bigint;
  /** The partner's part of a split sale; absent: all of it. */
  readonly credit?: Credit | undefined;
  /** The programme's currency if absent. */
  readonly currency?: Currency | undefined;
  readonly category?: string | undefined;
  readonly country?: string | undefined;
};

export type HistoryRefund = Recorded & {
  readonly refundId: string;
  readonly conversionId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
};

export type HistoryAdjustment = Recorded & Adjustment & { readonly currency?: Currency | undefined };

/** One partner's recorded facts, before any period, first purchase or netting was decided. */
export type History = {
  readonly partnerId: string;
  readonly zone: TimeZone;
  readonly holdDays: number;
  readonly programCurrency: Currency;
  /** The statements' currency; the programme's if absent. */
  readonly currency?: Currency | undefined;
  readonly minimumPayoutMinor: bigint;
  readonly plans: ReadonlyMap<number, Plan>;
  /** In the order recorded. */
  readonly agreements: readonly (Recorded & Omit<AgreementTerm, 'sequence'>)[];
  /** In the order recorded. */
  readonly tiers: readonly (Recorded & Omit<TierTerm, 'sequence'>)[];
  readonly conversions: readonly HistoryConversion[];
  /** In the order recorded: one that would refund more than is left of the sale is refused. */
  readonly refunds: readonly HistoryRefund[];
  readonly adjustments: readonly HistoryAdjustment[];
  /** The first purchase that the merchant supplied, by customer. */
  readonly suppliedFirstPurchases: ReadonlyMap<string, Instant>;
  readonly openingBalanceMinor: bigint;
  /** Consecutive, in order. */
  readonly periods: readonly Period[];
};
