import type { JSX } from 'preact';
import { Chart } from '#console/ui/chart';
import { Badge, ButtonLink, Card, Empty, Grid, Progress, Table } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { partnerHref, programHref } from '#functions/console/web/paths';
import { HEALTH_STATUSES } from '#shared/domain/partner/health/health';
import { changeWords, counted, HEALTH, SEVERITY, shortPeriod, targetOf, withDays } from './manager-words.ts';
import type { Dashboard } from './show-dashboard.tsx';

type Props = { readonly visit: Visit; readonly dashboard: Dashboard };

/** What somebody should look at, each with the way to where it is dealt with. */
export function AlertsCard({ visit, dashboard: { alerts } }: Props): JSX.Element {
  const { programId } = visit.programme;
  const lead =
    alerts.total > alerts.items.length
      ? `The first ${visit.format.count(alerts.items.length)} of ${visit.format.count(alerts.total)}; the list of partners has the others.`
      : undefined;
  return (
    <Card title="To look at" lead={lead} flush>
      {alerts.items.length === 0 ? (
        <Empty icon="done" title="Nothing asks for you">
          Agreements that end, money that waits, falling revenue and the like appear here.
        </Empty>
      ) : (
        <Table
          caption="What to look at"
          rows={alerts.items}
          keyOf={({ partnerId, code, text }) => `${partnerId} ${code} ${text}`}
          columns={[
            {
              label: 'Urgency',
              cell: ({ severity }) => <Badge tone={SEVERITY[severity][0]}>{SEVERITY[severity][1]}</Badge>,
            },
            {
              label: 'Partner',
              cell: ({ partnerId, name }) => <a href={partnerHref(programId, partnerId)}>{name}</a>,
            },
            { label: 'What', cell: ({ text }) => withDays(visit.format, text) },
            {
              label: 'Where',
              cell: ({ partnerId, name, target }) => {
                const [words, href] = targetOf(programId, partnerId, target);
                return (
                  <a href={href}>
                    {words}
                    <span class="visually-hidden"> of {name}</span>
                  </a>
                );
              },
            },
          ]}
        />
      )}
    </Card>
  );
}

/** How many partners are how well, each the way to their list. */
export function HealthCard({ visit, dashboard: { health } }: Props): JSX.Element {
  const base = `${programHref(visit.programme.programId)}/partners`;
  return (
    <Card title="Partners by health" actions={<a href={base}>All partners</a>}>
      <ul class="list-inline mb-0">
        {HEALTH_STATUSES.map((status) => (
          <li key={status} class="list-inline-item mb-1">
            <a href={`${base}?status=${status}`} class="text-decoration-none">
              <Badge tone={HEALTH[status][0]}>
                {HEALTH[status][1]}: {visit.format.count(health[status])}
              </Badge>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Revenue by month, as far as there is any, the present month last. */
export function TrendCard({ visit, dashboard: { trend, month, isRunning } }: Props): JSX.Element | null {
  const { format, programme } = visit;
  const { currency } = programme;
  const months = [...trend, month];
  if (months.length < 2) return null;
  const inCurrency = (one: Dashboard['month']): Dashboard['month']['currencies'][number] | undefined =>
    one.currencies.find((sums) => sums.currency === currency);
  return (
    <Card title="Revenue by month" lead={isRunning ? `${format.period(month.period)} is not over yet.` : undefined}>
      <Chart
        title={`Revenue by month in ${currency}`}
        labels={months.map(({ period }) => shortPeriod(format, period))}
        series={[
          { name: 'By partners', values: months.map((one) => inCurrency(one)?.partnerRevenueMinor ?? 0) },
          { name: 'All sales', values: months.map((one) => inCurrency(one)?.totalRevenueMinor ?? 0) },
        ]}
        say={(minor) => format.amount(minor, currency)}
      />
    </Card>
  );
}

/** Who brought most, and what part of all partners' revenue that is. */
export function TopCard({ visit, dashboard }: Props): JSX.Element {
  const { format, programme } = visit;
  const against = dashboard.comparedWith === 'same_days' ? 'on the same days before' : 'in the month before';
  return (
    <Card title="Top performers" flush>
      {dashboard.topPerformers.length === 0 ? (
        <Empty icon="sales" title="No sale by a partner in this month">
          Partners stand here with the first sale that counts for them.
        </Empty>
      ) : (
        <Table
          caption="Partners with most revenue"
          rows={dashboard.topPerformers}
          keyOf={({ partnerId }) => partnerId}
          columns={[
            {
              label: 'Partner',
              cell: ({ partnerId, name }) => <a href={partnerHref(programme.programId, partnerId)}>{name}</a>,
            },
            {
              label: 'Revenue',
              isNumber: true,
              cell: ({ revenueMinor, currency }) => format.amount(revenueMinor, currency),
            },
            {
              label: 'Share of partners’ revenue',
              isMinor: true,
              cell: ({ name, shareBps }) =>
                shareBps === undefined ? (
                  '–'
                ) : (
                  <>
                    {format.percent(shareBps)}
                    <Progress doneBps={shareBps} label={`Share of ${name}`} />
                  </>
                ),
            },
            { label: 'Change', cell: ({ changeBps }) => changeWords(format, changeBps, against) },
            { label: 'Sales', isNumber: true, isMinor: true, cell: ({ conversions }) => format.count(conversions) },
          ]}
        />
      )}
    </Card>
  );
}

/** Who is on the way to the first sale, and where each stands. */
export function PipelineCard({ visit, dashboard: { pipeline } }: Props): JSX.Element {
  const { format, programme } = visit;
  const base = programHref(programme.programId);
  const steps: readonly (readonly [string, number | undefined, string])[] = [
    ['Applications to decide', pipeline.applicationsWaiting, `${base}/applications`],
    ['Agreement not accepted', pipeline.agreementNotAccepted, `${base}/partners`],
    ['No link or code yet', pipeline.noLink, `${base}/partners`],
    ['No click yet', pipeline.noClick, `${base}/partners`],
    ['No sale yet', pipeline.noSale, `${base}/partners`],
    ['Sales held for review', pipeline.heldSales, `${base}/holds`],
  ];
  return (
    <Card
      title="Pipeline"
      actions={
        visit.may('partner_manager', 'admin') ? (
          <ButtonLink href={`${base}/partners/new`} icon="plus">
            Enrol a partner
          </ButtonLink>
        ) : null
      }
    >
      <dl class="facts">
        {steps.map(([label, count, href]) =>
          count === undefined ? null : (
            <div key={label}>
              <dt>
                <a href={href}>{label}</a>
              </dt>
              <dd>{format.count(count)}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}

/** Who began and who ended in the month. */
export function StartedCards({ visit, dashboard: { newPartners, endedPartners } }: Props): JSX.Element | null {
  if (newPartners.count + endedPartners.count === 0) return null;
  return (
    <Grid wide>
      <StartedCard visit={visit} title="New partners" started={newPartners} />
      <StartedCard visit={visit} title="Ended partners" started={endedPartners} />
    </Grid>
  );
}

function StartedCard({
  visit,
  title,
  started,
}: {
  readonly visit: Visit;
  readonly title: string;
  readonly started: Dashboard['newPartners'];
}): JSX.Element | null {
  const { format, programme } = visit;
  if (started.count === 0) return null;
  return (
    <Card title={title} lead={counted(format, started.count, 'partner', 'partners')}>
      <ul class="list-unstyled mb-0">
        {started.partners.map(({ partnerId, name, at }) => (
          <li key={partnerId}>
            <a href={partnerHref(programme.programId, partnerId)}>{name}</a>{' '}
            <span class="text-secondary">{format.day(at)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
