import type { Instant, Period } from '#shared/domain/time/instant';
import type { MonthSoFar } from './month-so-far.ts';

/** Sales of one month's facts by the day on which they happened, in the programme's time zone. */
export type SalesDays = {
  readonly partnerId: string;
  readonly period: Period;
  readonly asOf: Instant;
  /** Ascending; days without a sale are left out. */
  readonly days: readonly DayOfSales[];
  readonly work: number;
};

export type DayOfSales = {
  readonly day: string;
  /** That earn or may earn: without those of nobody's merit, under review or not accepted. */
  readonly conversions: number;
  readonly underReview: number;
};

export type FigureKind = 'month' | 'sales_days';

/** What is asked for again and again of a partner with many sales, kept as it was at its `asOf`. The newest stands. */
export type RememberedFigures = {
  month(programId: string, partnerId: string, period: Period): Promise<MonthSoFar | undefined>;
  putMonth(programId: string, month: MonthSoFar): Promise<void>;
  salesDays(programId: string, partnerId: string, period: Period): Promise<SalesDays | undefined>;
  /** Those of months from the first to the last that are remembered, by month. */
  salesDaysBetween(
    programId: string,
    partnerId: string,
    first: Period,
    last: Period,
  ): Promise<ReadonlyMap<Period, SalesDays>>;
  putSalesDays(programId: string, days: SalesDays): Promise<void>;
};

export type FigureWish = {
  readonly programId: string;
  readonly partnerId: string;
  readonly period: Period;
  readonly kind: FigureKind;
};

/** Asks for figures to be worked out in the background. Never rejects: a wish that is lost is wished for again. */
export type RequestFigures = (wish: FigureWish) => Promise<void>;

/** When a sale happened, and why it earns nothing. */
export type SaleDay = { readonly occurredAt: Instant; readonly earnsNothing?: string | undefined };

export type SaleDaysReader = {
  /** Sales among the facts of a month, without copies of what was re-attributed since; streamed. */
  sales(programId: string, partnerId: string, period: Period): AsyncIterable<SaleDay>;
};
