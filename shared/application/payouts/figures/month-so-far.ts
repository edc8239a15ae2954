import type { StatementSummary } from '#shared/application/payouts/ports';
import type { EarnedWay, NothingCount } from '#shared/domain/explain/explain-month';
import type { Currency } from '#shared/domain/money/money';
import type { StatementAmounts } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';

/** A number of sales and what they came to, before refunds. */
export type SalesSum = { readonly currency: Currency; readonly conversions: number; readonly amountMinor: bigint };

/** A statement as a close at `asOf` would write it, summed up. */
export type EstimatedStatement = StatementAmounts & {
  readonly currency: Currency;
  /** All the partner's sales of the month in this currency, also those that earn nothing. */
  readonly conversions: number;
  readonly ways: readonly (EarnedWay & { readonly why?: string | undefined; readonly sentence: string })[];
  readonly nothing: readonly NothingCount[];
  readonly clawbacks: number;
  readonly adjustments: number;
};

/** A month before the one that is asked for, which no posted statement holds yet. */
export type EarlierMonth = {
  readonly period: Period;
  readonly statements: readonly (Pick<StatementSummary, 'currency' | keyof StatementAmounts> & {
    readonly conversions: number;
  })[];
};

/** What could still change the amounts. */
export type MayChange =
  | 'refunds'
  | 'later_sales'
  | 'volume_brackets'
  | 'guarantee'
  | 'fixed_fee'
  | 'review'
  | 'earlier_months';

export type MonthSoFar = {
  readonly partnerId: string;
  readonly period: Period;
  readonly asOf: Instant;
  /** `closing`: its facts are complete, and a run that waits for its decision holds it. */
  readonly state: 'open' | 'closing';
  /** The first month that no posted statement holds: what the estimate begins with. */
  readonly openFrom: Period;
  readonly statements: readonly EstimatedStatement[];
  /** Sales of the month that are looked at before they count. */
  readonly underReview: readonly SalesSum[];
  /** Sales that happened by now and count in a later month, because of the hold or of a close. */
  readonly later: readonly (SalesSum & { readonly period: Period })[];
  /** Those with something in them, newest last, at most `MAX_EARLIER_SHOWN`. */
  readonly earlier: readonly EarlierMonth[];
  readonly mayChange: readonly MayChange[];
  /** Facts that were read, and a share for each month: how much work this was. */
  readonly work: number;
};

export const MAX_EARLIER_SHOWN = 24;
