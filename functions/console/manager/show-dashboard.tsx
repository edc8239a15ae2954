import type { JSX } from 'preact';
import type * as z from 'zod';
import { Computing } from '#console/manager/computing';
import { FilterField, Filters } from '#console/ui/form';
import { Stack } from '#console/ui/parts';
import { definePage, part, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH, programHref } from '#functions/console/web/paths';
import { type dashboardSchema, getDashboardRoute } from '#shared/contracts/partners/overview/get-dashboard';
import { AlertsCard, HealthCard, PipelineCard, StartedCards, TopCard, TrendCard } from './dashboard-cards.tsx';
import { DashboardFigures } from './dashboard-figures.tsx';
import { STAFF } from './manager-words.ts';
import { askAnew, EVERY } from './overview.ts';

export type Dashboard = z.output<typeof dashboardSchema>;

const PERIOD = /^\d{4}-(0[1-9]|1[0-2])$/;

/** How a programme is doing: a month, what to look at, and what comes next. */
export const showDashboard = definePage({
  name: 'show-dashboard',
  path: `${PROGRAM_PATH}/dashboard`,
  access: STAFF,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const asked = query.get('period') ?? '';
    const period = PERIOD.test(asked) ? asked : undefined;
    const answer: { readonly status: string } = await api.call(getDashboardRoute, {
      params: { programId },
      query: { period },
    });
    const dashboard = answer.status === 'ready' ? (answer as Dashboard) : undefined;
    if (!dashboard || dashboard.isStale) await askAnew(visit, period);
    const body = <Overview visit={visit} dashboard={dashboard} />;
    if (visit.wantsPart) return part(body);
    return view({
      title: period ? `Dashboard of ${format.period(period)}` : 'Dashboard',
      lead: `Sales count here in the month in which they took place, in ${programme.timeZone}.`,
      actions: (
        <Filters action={`${programHref(programId)}/dashboard`}>
          <FilterField name="period" label="Month" type="month" value={period ?? dashboard?.period} />
        </Filters>
      ),
      body,
    });
  },
});

/** Fetches itself anew while newer figures are under way. */
function Overview({
  visit,
  dashboard,
}: {
  readonly visit: Visit;
  readonly dashboard: Dashboard | undefined;
}): JSX.Element {
  const isSettled = dashboard !== undefined && !dashboard.isStale;
  const content = dashboard ? (
    <Content visit={visit} dashboard={dashboard} />
  ) : (
    <Computing visit={visit} icon="dashboard" title="The figures are being put together" shown="them" />
  );
  if (isSettled) return <div id="overview">{content}</div>;
  return (
    <div id="overview" hx-get={visit.address} hx-trigger={EVERY} hx-swap="outerHTML" hx-target="this">
      {content}
    </div>
  );
}

function Content({ visit, dashboard }: { readonly visit: Visit; readonly dashboard: Dashboard }): JSX.Element {
  const { format } = visit;
  return (
    <Stack>
      <DashboardFigures visit={visit} dashboard={dashboard} />
      <AlertsCard visit={visit} dashboard={dashboard} />
      <HealthCard visit={visit} dashboard={dashboard} />
      <TrendCard visit={visit} dashboard={dashboard} />
      <TopCard visit={visit} dashboard={dashboard} />
      <PipelineCard visit={visit} dashboard={dashboard} />
      <StartedCards visit={visit} dashboard={dashboard} />
      <p class="text-secondary" role="status">
        As of <time dateTime={dashboard.asOf}>{format.moment(dashboard.asOf)}</time>
        {dashboard.isStale ? '; newer figures are being put together.' : '.'}
      </p>
    </Stack>
  );
}
