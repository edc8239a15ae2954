import type { JSX } from 'preact';
import { Card, Figure, Grid, Table } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { programHref } from '#functions/console/web/paths';
import { changeWords, countChangeWords } from './manager-words.ts';
import type { Dashboard } from './show-dashboard.tsx';

type Props = { readonly visit: Visit; readonly dashboard: Dashboard };
type InCurrency = Dashboard['month']['currencies'][number];

const nothing = (currency: string): InCurrency => ({
  currency,
  partnerRevenueMinor: 0,
  totalRevenueMinor: 0,
  conversions: 0,
  refundedMinor: 0,
  refundedConversions: 0,
  heldConversions: 0,
  heldMinor: 0,
});

/** The numbers of a month, in the programme's currency; others have a table of their own. */
export function DashboardFigures({ visit, dashboard }: Props): JSX.Element {
  const { format, programme } = visit;
  const { month, before, changes, newPartners, endedPartners } = dashboard;
  const { currency } = programme;
  const base = programHref(programme.programId);
  const own = month.currencies.find((one) => one.currency === currency) ?? nothing(currency);
  const against =
    dashboard.comparedWith === 'same_days'
      ? `on the same days of ${format.period(before.period)}`
      : `in ${format.period(before.period)}`;
  const change = changes.find((one) => one.currency === currency);
  const commission = dashboard.commissions[0];
  const earned = commission?.totals.find((one) => one.currency === currency);
  return (
    <>
      <Grid>
        <Figure
          label={`Partner revenue, ${format.period(dashboard.period)}`}
          value={format.amount(own.partnerRevenueMinor, currency)}
          note={changeWords(format, change?.revenueBps, against)}
          href={`${base}/conversions`}
        />
        <Figure
          label="Share of all revenue"
          value={own.shareBps === undefined ? '–' : format.percent(own.shareBps)}
          note={`of ${format.amount(own.totalRevenueMinor, currency)} in all`}
        />
        <Figure
          label="Active partners"
          value={format.count(month.activePartners)}
          note={countChangeWords(format, dashboard.activePartnersChange, against)}
          href={`${base}/partners`}
        />
        <Figure
          label="Sales by partners"
          value={format.count(own.conversions)}
          note={`${format.count(own.refundedConversions)} with a refund, ${format.amount(own.refundedMinor, currency)}`}
        />
        <Figure
          label="New and ended partners"
          value={`${format.count(newPartners.count)} / ${format.count(endedPartners.count)}`}
          note="began and ended in this month"
        />
        {commission && earned ? (
          <Figure
            label={`Commission, ${format.period(commission.period)}`}
            value={format.amount(earned.earnedMinor, currency)}
            note="earned by the statements of the last month that was approved"
            href={visit.may('finance', 'approver', 'admin') ? `${base}/runs/${commission.runId}` : undefined}
          />
        ) : (
          <Figure label="Commission" value="–" note="No month was closed and approved yet" />
        )}
      </Grid>
      <OtherCurrencies visit={visit} dashboard={dashboard} />
    </>
  );
}

function OtherCurrencies({ visit, dashboard }: Props): JSX.Element | null {
  const { format, programme } = visit;
  const others = dashboard.month.currencies.filter(({ currency }) => currency !== programme.currency);
  if (others.length === 0) return null;
  return (
    <Card title="In other currencies" flush>
      <Table
        caption="Revenue in other currencies"
        rows={others}
        keyOf={({ currency }) => currency}
        columns={[
          { label: 'Currency', cell: ({ currency }) => currency },
          {
            label: 'By partners',
            isNumber: true,
            cell: ({ currency, partnerRevenueMinor }) => format.amount(partnerRevenueMinor, currency),
          },
          {
            label: 'In all',
            isNumber: true,
            cell: ({ currency, totalRevenueMinor }) => format.amount(totalRevenueMinor, currency),
          },
          { label: 'Sales', isNumber: true, isMinor: true, cell: ({ conversions }) => format.count(conversions) },
        ]}
      />
    </Card>
  );
}
