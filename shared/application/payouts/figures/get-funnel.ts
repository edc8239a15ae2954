import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import type { Currency } from '#shared/domain/money/money';
import { statementState } from '#shared/domain/run/payout-run';
import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type EpochMs, type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { dayOf } from '#shared/domain/time/wall-day';
import { makeComputeSalesDays } from './compute-sales-days.ts';
import type { DayOfSales, RememberedFigures, RequestFigures, SaleDaysReader, SalesDays } from './figure-ports.ts';
import { addDays, daysBetween, type FunnelRange, rangeAsked, rangeBefore } from './funnel-range.ts';
import { type GetMonthSoFar, MONTH_FRESH_MS } from './get-month-so-far.ts';
import { type OpenPeriods, type OpenPeriodsDeps, openPeriodsOf } from './open-periods.ts';
import { freshOrRemembered } from './remember.ts';

/** A sale that is told later than this after its month is not looked for. */
const LATE_MONTHS = 12;
/** A month that is closed changes only by a re-attribution. */
const CLOSED_FRESH_MS = 24 * 3_600_000;
/** Statements of one partner and month: one a currency. */
const CURRENCIES = 100;

export type FunnelTotals = {
  readonly clicks: number;
  readonly visitors: number;
  readonly redemptions: number;
  readonly conversions: number;
  readonly underReview: number;
};
export type FunnelDay = FunnelTotals & { readonly day: string };
export type MonthCommission = {
  readonly period: Period;
  readonly currency: Currency;
  readonly earnedMinor: bigint;
  readonly estimate: boolean;
};
export type Funnel = FunnelRange & {
  readonly partnerId: string;
  readonly timeZone: string;
  /** The oldest of what the answer was put together from. */
  readonly asOf: Instant;
  readonly totals: FunnelTotals;
  readonly days: readonly FunnelDay[];
  readonly before: FunnelRange & { readonly totals: FunnelTotals };
  readonly commission: readonly MonthCommission[];
};

type Days = { readonly partnerId: string; readonly from: string; readonly to: string };

export type GetFunnelDeps = OpenPeriodsDeps & {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly statements: Pick<StatementReader, 'list'>;
  readonly clicksOf: (
    programId: string,
    asked: Days,
  ) => Promise<readonly { readonly day: string; readonly clicks: number; readonly visitors: number }[]>;
  readonly redemptionsOf: (
    programId: string,
    asked: Days,
  ) => Promise<readonly { readonly day: string; readonly redemptions: number }[]>;
  readonly sales: SaleDaysReader;
  readonly remembered: Pick<RememberedFigures, 'salesDaysBetween'>;
  readonly request: RequestFigures;
  readonly monthSoFar: GetMonthSoFar;
  readonly clock: Clock;
};

export type GetFunnel = (
  input: {
    readonly programId: string;
    readonly partnerId: string;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  },
  box?: TimeBox,
) => Promise<Funnel>;

/**
 * A partner's way from clicks to commission: by day of the programme what was clicked, redeemed and sold, and by month what was
 * earned, because a month's rates, guarantees and refunds belong to no day of it.
 * 1. the days asked for and as many before them; 2. clicks and redemptions as they were counted; 3. sales by the day on which they
 * happened, of all months in which those can count; 4. commission from final statements, and the month so far of what is open.
 * @throws Failure unknown_program; not_found (no such partner); invalid_request (days out of order or too many); temporarily_unavailable
 */
export function makeGetFunnel(deps: GetFunnelDeps): GetFunnel {
  const readSales = makeReadSales(deps);
  return async ({ programId, partnerId, ...asked }, box = UNLIMITED) => {
    const program = await deps.programs.get(programId);
    const nowMs = deps.clock();
    const today = dayOf(nowMs, deps.programs.zone(program.timeZone));
    const range = rangeAsked(asked, today);
    const before = rangeBefore(range);
    const [terms, open] = await Promise.all([
      deps.partners.terms(programId, partnerId),
      openPeriodsOf(deps, program, partnerId, nowMs),
    ]);
    if (!terms) throw new Failure('not_found', `There is no partner ${partnerId} in this programme.`);
    const both = { partnerId, from: before.from, to: range.to };
    const [clicks, redemptions, sales, commission] = await Promise.all([
      deps.clicksOf(programId, both),
      deps.redemptionsOf(programId, both),
      readSales(program, both, open, box),
      commissionOf(deps, program, both, open, box),
    ]);
    const days = joinDays(both, clicks, redemptions, sales.days);
    const inRange = days.filter(({ day }) => day >= range.from);
    return {
      partnerId,
      timeZone: program.timeZone,
      ...range,
      asOf: [toInstant(nowMs), ...sales.asOf].reduce((a, b) => (a < b ? a : b)),
      totals: sumOf(inRange),
      days: inRange,
      before: { ...before, totals: sumOf(days.filter(({ day }) => day <= before.to)) },
      commission,
    };
  };
}

type Sales = { readonly days: readonly DayOfSales[]; readonly asOf: readonly Instant[] };

function makeReadSales(
  deps: GetFunnelDeps,
): (program: Program, asked: Days, open: OpenPeriods, box: TimeBox) => Promise<Sales> {
  const compute = makeComputeSalesDays(deps);
  return async (program, { partnerId, from, to }, open, box) => {
    const { programId } = program;
    const periods = periodsOfSales(deps, program, { from, to }, open);
    const [first, last] = [periods[0], periods.at(-1)];
    if (!first || !last) return { days: [], asOf: [] };
    const known = await deps.remembered.salesDaysBetween(programId, partnerId, first, last);
    const read = await Promise.all(
      periods.map(
        (period): Promise<SalesDays> =>
          freshOrRemembered(
            deps,
            {
              recall: async () => known.get(period),
              compute: (within) => compute({ program, partnerId, period }, within),
              request: () => deps.request({ programId, partnerId, period, kind: 'sales_days' }),
              freshMs: period < open.first ? CLOSED_FRESH_MS : MONTH_FRESH_MS,
            },
            box,
          ),
      ),
    );
    return { days: read.flatMap(({ days }) => days), asOf: read.map(({ asOf }) => asOf) };
  };
}

/** From the month of the first day to that in which the last can count, or could when it was told late. */
function periodsOfSales(
  { programs }: Pick<GetFunnelDeps, 'programs'>,
  program: Program,
  { from, to }: FunnelRange,
  open: OpenPeriods,
): readonly Period[] {
  const zone = programs.zone(program.timeZone);
  const lastMs = addCalendarDays(toEpochMs(`${to}T12:00:00.000Z` as Instant) as EpochMs, program.holdDays, zone);
  const first = laterPeriod(from.slice(0, 7) as Period, program.booksOpenFrom);
  let late = periodOf(lastMs, zone);
  for (let month = 0; month < LATE_MONTHS; month += 1) late = nextPeriod(late);
  const last = late < open.last ? late : open.last;
  const periods: Period[] = [];
  for (let period = first; period <= last; period = nextPeriod(period)) periods.push(period);
  return periods;
}

async function commissionOf(
  deps: GetFunnelDeps,
  { programId, booksOpenFrom }: Program,
  { partnerId, from, to }: Days,
  open: OpenPeriods,
  box: TimeBox,
): Promise<readonly MonthCommission[]> {
  const first = laterPeriod(from.slice(0, 7) as Period, booksOpenFrom);
  const last = to.slice(0, 7) as Period;
  const months: Promise<readonly MonthCommission[]>[] = [];
  for (let period = first; period <= last && period < open.first; period = nextPeriod(period)) {
    months.push(finalMonth(deps, programId, partnerId, period));
  }
  const lastOpen = last < open.last ? last : open.last;
  if (open.has(lastOpen)) {
    const estimates = deps
      .monthSoFar({ programId, partnerId, period: lastOpen }, box)
      .then(({ earlier, ...month }) =>
        [...earlier, month]
          .filter(({ period }) => period >= first)
          .flatMap(({ period, statements }) =>
            statements.map(({ currency, earnedMinor }) => ({ period, currency, earnedMinor, estimate: true })),
          ),
      );
    months.push(estimates);
  }
  return (await Promise.all(months)).flat();
}

async function finalMonth(
  deps: Pick<GetFunnelDeps, 'runs' | 'statements'>,
  programId: string,
  partnerId: string,
  period: Period,
): Promise<readonly MonthCommission[]> {
  const run = await deps.runs.latestOf(programId, period);
  if (!run || statementState(run) !== 'final') return [];
  const { items } = await deps.statements.list(programId, run, { partnerId, limit: CURRENCIES });
  return items.map(({ currency, earnedMinor }) => ({ period, currency, earnedMinor, estimate: false }));
}

const NOTHING: FunnelTotals = { clicks: 0, visitors: 0, redemptions: 0, conversions: 0, underReview: 0 };

function joinDays(
  { from, to }: FunnelRange,
  ...parts: readonly (readonly ({ readonly day: string } & Partial<FunnelTotals>)[])[]
): readonly FunnelDay[] {
  const days = new Map<string, FunnelDay>();
  for (let day = from, daysToGo = daysBetween(from, to); daysToGo > 0; day = addDays(day, 1), daysToGo -= 1) {
    days.set(day, { day, ...NOTHING });
  }
  for (const { day, ...counts } of parts.flat()) {
    const known = days.get(day);
    if (known) days.set(day, { day, ...plus(known, { ...NOTHING, ...counts }) });
  }
  return [...days.values()];
}

function sumOf(days: readonly FunnelDay[]): FunnelTotals {
  return days.reduce<FunnelTotals>((sum, day) => plus(sum, day), NOTHING);
}

function plus(a: FunnelTotals, b: FunnelTotals): FunnelTotals {
  return {
    clicks: a.clicks + b.clicks,
    visitors: a.visitors + b.visitors,
    redemptions: a.redemptions + b.redemptions,
    conversions: a.conversions + b.conversions,
    underReview: a.underReview + b.underReview,
  };
}
