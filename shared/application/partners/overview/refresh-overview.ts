import {
  alertsOf,
  type Counted,
  countHealth,
  monthOf,
  pipelineOf,
  startedIn,
  topPerformers,
} from '#shared/application/partners/overview/build-dashboard';
import {
  type Counting,
  countingOf,
  countSales,
  monthsBefore,
  SAME_DAYS,
} from '#shared/application/partners/overview/count-sales';
import {
  type GatherDependencies,
  type Gathered,
  gatherPartners,
} from '#shared/application/partners/overview/gather-partners';
import type {
  Dashboard,
  OverviewMonth,
  Overviews,
  PartnerRow,
  RefreshRequest,
} from '#shared/application/partners/overview/overview';
import { rowOf, termsOf } from '#shared/application/partners/overview/situation-of';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { Currency } from '#shared/domain/money/money';
import { addSales, type SalesTally, shareBps } from '#shared/domain/partner/health/sales-tally';
import { nextPeriod, periodOf, previousPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** Queries at once: what one CPU has in flight without waiting for itself. */
const PARTNERS_AT_ONCE = 24;
/** Longer than the function may run, so that a request is let in only when the last one is surely over. */
export const RUNNING_MS = 16 * 60_000;
/** Months that are over change by late refunds and imports alone. */
const TREND_TTL_MS = 24 * 3_600_000;
const DAY_MS = 86_400_000;

type Dependencies = GatherDependencies & {
  readonly overviews: Overviews;
  readonly programs: Pick<ProgramReader, 'get' | 'zone'>;
  /** How many applications wait; `undefined` where nobody can apply. */
  readonly applicationsWaiting: (programId: string) => Promise<number | undefined>;
  readonly clock: Clock;
};

/**
 * Reads the facts of a programme's last months and keeps what managers see of them: the dashboard of a month and, where it is
 * the one that runs, a row a partner.
 * 1. Takes the request up; one that was taken up by another is nothing to do.
 * 2. Reads partners, what waits and what is open; then each partner's sales, many partners at once.
 * 3. Judges health, adds up, writes rows before the head that leads to them.
 * A failure leaves what was there, lets the next request in and goes on to the caller.
 */
export function makeRefreshOverview(deps: Dependencies) {
  const { overviews, programs, clock } = deps;
  return async (request: Pick<RefreshRequest, 'programId' | 'period' | 'requestId'>): Promise<'refreshed' | 'left'> => {
    if (!(await overviews.begin(request, toInstant(clock() + RUNNING_MS)))) return 'left';
    try {
      const program = await programs.get(request.programId);
      await refresh(deps, program, request.period);
    } catch (error) {
      await overviews.end(request, 'failed');
      throw error;
    }
    await overviews.end(request, 'done');
    return 'refreshed';
  };
}

async function refresh(deps: Dependencies, program: Program, period: Period): Promise<void> {
  const { overviews, programs, clock } = deps;
  const { programId } = program;
  const zone = programs.zone(program.timeZone);
  const startedMs = clock();
  const now = toInstant(startedMs);
  const current = periodOf(startedMs, zone);
  const [known, head] = await Promise.all([overviews.dashboard(programId, period), overviews.rowsHead(programId)]);
  const rowsBefore = head && (await overviews.rows(programId, head.asOf));
  const withTrend = !known || !rowsBefore || startedMs - toEpochMs(known.trendAsOf) > TREND_TTL_MS;
  const counting = countingOf(program, { now, current, period }, zone, withTrend);
  const [gathered, nobodys] = await Promise.all([
    gatherPartners(deps, programId, now),
    countSales(deps.facts, programId, undefined, counting),
  ]);
  const counted = await countPartners(deps, program, gathered, counting, { now, current, rowsBefore });
  const rows = counted.map(({ row }) => row);
  const months = new Map<Period, OverviewMonth>();
  const month = (of: Period): OverviewMonth => months.get(of) ?? monthOf(of, of, counted, nobodys);
  const isRunning = period === current;
  const before = previousPeriod(period);
  const trend = withTrend
    ? monthsBefore(period).map(month)
    : [...known.trend.filter((one) => one.period !== before), month(before)];
  const span = { from: toInstant(startOfPeriod(period, zone)), to: toInstant(startOfPeriod(nextPeriod(period), zone)) };
  const asOf = now;
  const tookMs = clock() - startedMs;
  const dashboard: Dashboard = {
    ...{ programId, period, asOf, tookMs, isRunning },
    trendAsOf: withTrend ? now : known.trendAsOf,
    month: month(period),
    before: month(before),
    ...(isRunning && { sameDaysBefore: monthOf(SAME_DAYS, before, counted, nobodys) }),
    trend: trend.filter((one) => one.period >= program.booksOpenFrom || one.figures.length > 0),
    commissions: gathered.commissions,
    newPartners: startedIn(rows, ({ startedAt }) => startedAt, span),
    endedPartners: startedIn(rows, ({ endedAt }) => endedAt, span),
    topPerformers: topPerformers(
      counted,
      month(period),
      { of: period, before: isRunning ? SAME_DAYS : before },
      program.currency,
    ),
    health: countHealth(rows),
    pipeline: pipelineOf(rows, gathered.heldSales.count, await deps.applicationsWaiting(programId)),
    alerts: alertsOf(rows),
  };
  if (isRunning) await overviews.saveRows(programId, { asOf, tookMs }, rows);
  await overviews.saveDashboard(dashboard);
}

async function countPartners(
  deps: Dependencies,
  { programId, timeZone }: Program,
  gathered: Gathered,
  counting: Counting,
  {
    now,
    current,
    rowsBefore,
  }: { now: Dashboard['asOf']; current: Period; rowsBefore: readonly PartnerRow[] | undefined },
): Promise<readonly Counted[]> {
  const zone = deps.programs.zone(timeZone);
  const before = previousPeriod(current);
  const soldBefore = new Map(rowsBefore?.map(({ partnerId, lastSaleAt }) => [partnerId, lastSaleAt]));
  const tallies = new Map<string, SalesTally>();
  await forEachConcurrently(gathered.members, PARTNERS_AT_ONCE, async ({ profile: { partnerId } }) => {
    tallies.set(partnerId, await countSales(deps.facts, programId, partnerId, counting));
  });
  const programRefundBps = refundRates([...tallies.values()], [before, current]);
  const dayOfMonth = Math.floor((toEpochMs(now) - startOfPeriod(current, zone)) / DAY_MS) + 1;
  const counted: Counted[] = [];
  await forEachConcurrently(gathered.members, PARTNERS_AT_ONCE, async (member) => {
    const { partnerId } = member.profile;
    const tally = tallies.get(partnerId);
    if (!tally) throw new Error(`the sales of partner ${partnerId} were not counted`);
    const lastSaleAt = tally.lastSaleAt() ?? soldBefore.get(partnerId);
    const terms = termsOf(member, now, zone);
    const isWaitedFor = lastSaleAt === undefined && terms.agreement === 'in_force';
    const firstStep = isWaitedFor ? await deps.facts.firstStep(programId, partnerId) : undefined;
    const row = rowOf(
      member,
      terms,
      { ...gathered.of(member), lastSaleAt, firstStep },
      {
        thisMonth: tally.of(current),
        sameDaysBefore: tally.of(SAME_DAYS),
        before: tally.of(before),
        twoMonths: addSales(tally.of(before), tally.of(current)),
        ...{ dayOfMonth, programRefundBps },
      },
    );
    counted.push({ row, tally });
  });
  return counted.toSorted((a, b) => (a.row.partnerId < b.row.partnerId ? -1 : 1));
}

function refundRates(tallies: readonly SalesTally[], spans: readonly string[]): ReadonlyMap<Currency, number> {
  const all = addSales(...tallies.flatMap((tally) => spans.map((span) => tally.of(span))));
  return new Map(all.map((sums) => [sums.currency, shareBps(sums.refundedMinor, sums.amountMinor) ?? 0]));
}
