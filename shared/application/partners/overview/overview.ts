import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { FirstStep, HealthStatus } from '#shared/domain/partner/health/health';
import type { HealthReason } from '#shared/domain/partner/health/health-words';
import type { CountedSale } from '#shared/domain/partner/health/sales-tally';
import type { Instant, Period } from '#shared/domain/time/instant';

/** What sales of a month, by when they took place, come to in one currency. Money is after refunds. */
export type OverviewFigures = {
  readonly currency: Currency;
  /** Of sales that count for a partner. */
  readonly partnerMinor: bigint;
  /** Of every sale that was recorded, also of those that are nobody's. */
  readonly totalMinor: bigint;
  readonly conversions: number;
  readonly refundedMinor: bigint;
  readonly refundedConversions: number;
  readonly heldConversions: number;
  readonly heldMinor: bigint;
};

export type OverviewMonth = {
  readonly period: Period;
  readonly figures: readonly OverviewFigures[];
  /** Partners with a sale that counts. */
  readonly activePartners: number;
};

/** What the approved statements of a month pay for; by the month in which sales count, which a hold makes a later one. */
export type OverviewCommission = {
  readonly period: Period;
  readonly runId: string;
  readonly totals: readonly {
    readonly currency: Currency;
    readonly earnedMinor: bigint;
    readonly clawbackMinor: bigint;
    readonly adjustmentMinor: bigint;
  }[];
};

export type NamedPartner = { readonly partnerId: string; readonly name: string };

export type TopPerformer = NamedPartner & {
  readonly currency: Currency;
  readonly revenueMinor: bigint;
  /** Of the same days of the month before while a month runs, else of all of it. */
  readonly beforeMinor: bigint;
  readonly conversions: number;
};

export const ALERT_TARGETS = [
  'agreements',
  'certifications',
  'tiers',
  'payee',
  'payouts',
  'disputes',
  'holds',
  'mail_problems',
  'links',
  'conversions',
] as const;
export type AlertTarget = (typeof ALERT_TARGETS)[number];

export type OverviewAlert = NamedPartner & HealthReason & { readonly target: AlertTarget };

export type Started = { readonly count: number; readonly partners: readonly (NamedPartner & { at: Instant })[] };

export type Dashboard = {
  readonly programId: string;
  readonly period: Period;
  /** When the facts were read, and how long that took. */
  readonly asOf: Instant;
  readonly tookMs: number;
  /** When the months of `trend` were last read as well. */
  readonly trendAsOf: Instant;
  readonly isRunning: boolean;
  readonly month: OverviewMonth;
  readonly before: OverviewMonth;
  /** Of a month that runs: the same days of the one before, to compare it with. */
  readonly sameDaysBefore?: OverviewMonth | undefined;
  /** The months before, the oldest first. */
  readonly trend: readonly OverviewMonth[];
  readonly commissions: readonly OverviewCommission[];
  readonly newPartners: Started;
  readonly endedPartners: Started;
  readonly topPerformers: readonly TopPerformer[];
  readonly health: Readonly<Record<HealthStatus, number>>;
  readonly pipeline: {
    /** Absent where nobody can apply. */
    readonly applicationsWaiting?: number | undefined;
    readonly agreementNotAccepted: number;
    readonly noLink: number;
    readonly noClick: number;
    readonly noSale: number;
    readonly heldSales: number;
  };
  readonly alerts: { readonly count: number; readonly items: readonly OverviewAlert[] };
};

export type PartnerRevenue = {
  readonly currency: Currency;
  readonly monthMinor: bigint;
  /** Of the same days of the month before. */
  readonly sameDaysBeforeMinor: bigint;
  readonly beforeMinor: bigint;
};

export type ActivityKind = 'sale' | 'agreement' | 'payee' | 'training';

/** A partner as the list shows it. */
export type PartnerRow = NamedPartner & {
  readonly country?: string | undefined;
  readonly tier?: string | undefined;
  readonly status: HealthStatus;
  readonly reasons: readonly HealthReason[];
  readonly startedAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
  readonly lastSaleAt?: Instant | undefined;
  readonly lastActivity?: { readonly at: Instant; readonly kind: ActivityKind } | undefined;
  readonly conversions: number;
  readonly conversionsBefore: number;
  readonly revenue: readonly PartnerRevenue[];
};

/** Which rows belong together: all of a programme's partners as of one instant. */
export type RowsHead = { readonly asOf: Instant; readonly tookMs: number };

/** A payout that came back from its rail. */
export type ReturnedPayout = {
  readonly programId: string;
  readonly partnerId: string;
  readonly payoutId: string;
  readonly at: Instant;
};

/** Payouts that came back, as events told. */
export type ReturnedPayouts = {
  note(payout: ReturnedPayout): Promise<void>;
  /** How many of which partner came back at `since` or later. */
  count(programId: string, since: Instant): Promise<ReadonlyMap<string, number>>;
};

/** What the overview keeps. Derived: whatever is lost of it is computed again. */
export type Overviews = {
  dashboard(programId: string, period: Period): Promise<Dashboard | undefined>;
  /** The newest rows there are. */
  rowsHead(programId: string): Promise<RowsHead | undefined>;
  /** `undefined` when they have lapsed. */
  rows(programId: string, asOf: Instant): Promise<readonly PartnerRow[] | undefined>;
  saveDashboard(dashboard: Dashboard): Promise<void>;
  saveRows(programId: string, head: RowsHead, rows: readonly PartnerRow[]): Promise<void>;
  /** Asks for a refresh that nobody else has asked for; false when one is under way. */
  request(request: RefreshRequest, until: Instant): Promise<boolean>;
  /** Takes a request up; false when it was done, or another has taken its place. */
  begin(request: Pick<RefreshRequest, 'programId' | 'period' | 'requestId'>, until: Instant): Promise<boolean>;
  /** Lets the next request in; one that failed may also be taken up again. */
  end(request: Pick<RefreshRequest, 'programId' | 'period' | 'requestId'>, outcome: 'done' | 'failed'): Promise<void>;
};

export type RefreshRequest = {
  readonly programId: string;
  readonly period: Period;
  readonly requestId: string;
  readonly at: Instant;
};

/** Facts of the Referrals table. */
export type OverviewFacts = {
  /** A partner's sales, or nobody's, that count in a month and took place at `from` or later. */
  sales(
    programId: string,
    partnerId: string | undefined,
    period: Period,
    from: Instant,
  ): AsyncIterable<readonly CountedSale[]>;
  /** Sales that wait for a review, by partner; a split one counts for each of its partners. */
  heldSales(programId: string): Promise<{ readonly count: number; readonly of: ReadonlyMap<string, number> }>;
  /** What a partner without a sale lacks. */
  firstStep(programId: string, partnerId: string): Promise<FirstStep>;
};

/** What a list of partners may be narrowed to and ordered by. */
export type RowsQuery = {
  readonly status?: HealthStatus | undefined;
  readonly tier?: string | undefined;
  readonly q?: string | undefined;
  readonly sort: RowsSort;
  readonly cursor?: string | undefined;
  readonly limit: number;
};
export const ROWS_SORTS = ['health', 'name', 'revenue', 'last_activity'] as const;
export type RowsSort = (typeof ROWS_SORTS)[number];

export type RowsPage = Page<PartnerRow> & {
  readonly asOf: Instant;
  /** How many there are with these filters. */
  readonly found: number;
  readonly health: Readonly<Record<HealthStatus, number>>;
};
