import type { JSX } from 'preact';
import { Chart } from '#console/ui/chart';
import { Card } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import { comparedWith, type Funnel } from './home-words.ts';

/** From clicks to commission: what each step came to, how that compares with as many days before, and the days. */
export function FunnelCard({
  funnel,
  format,
  base,
}: {
  readonly funnel: Funnel;
  readonly format: Format;
  /** Address of the partner's pages. */
  readonly base: string;
}): JSX.Element {
  const { totals, before, days, from, to, commission } = funnel;
  const steps = [
    {
      label: 'Clicks',
      value: totals.clicks,
      before: before.totals.clicks,
      href: `${base}/links`,
      note: `${format.count(totals.visitors)} ${totals.visitors === 1 ? 'visitor' : 'visitors'}`,
    },
    { label: 'Redemptions', value: totals.redemptions, before: before.totals.redemptions, href: `${base}/codes` },
    {
      label: 'Sales',
      value: totals.conversions,
      before: before.totals.conversions,
      href: `${base}/conversions`,
      note: totals.underReview > 0 ? `${format.count(totals.underReview)} more under review` : undefined,
    },
  ];
  const thisMonth = commission.filter(({ period }) => period === to.slice(0, 7));
  const lastMonth = commission.filter(({ period }) => period !== to.slice(0, 7) && period >= before.from.slice(0, 7));
  return (
    <Card
      title="From clicks to commission"
      lead={`${format.dayOfMonth(from)} to ${format.dayOfMonth(to)}, compared with ${format.dayOfMonth(before.from)} to ${format.dayOfMonth(before.to)}`}
    >
      <ol class="funnel">
        {steps.map(({ label, value, href, note, before: earlier }) => (
          <li key={label} class="funnel-step">
            <a class="subheader" href={href}>
              {label}
            </a>
            <div class="figure-value">{format.count(value)}</div>
            <div class="text-secondary figure-note">
              {comparedWith(value, earlier, format)}
              {note ? <div>{note}</div> : null}
            </div>
          </li>
        ))}
        <li class="funnel-step">
          <a class="subheader" href={`${base}/statements`}>
            Commission
          </a>
          {thisMonth.length === 0 ? (
            <div class="figure-value">{'\u2013'}</div>
          ) : (
            thisMonth.map(({ currency, earnedMinor }) => (
              <div key={currency} class="figure-value">
                {format.amount(earnedMinor, currency)}
              </div>
            ))
          )}
          <div class="text-secondary figure-note">
            {format.period(to.slice(0, 7))}
            {thisMonth.some(({ estimate }) => estimate) ? ', estimate' : ''}
            {lastMonth.map(({ period, currency, earnedMinor }) => (
              <div key={`${period} ${currency}`}>
                {format.period(period)}: {format.amount(earnedMinor, currency)}
              </div>
            ))}
          </div>
        </li>
      </ol>
      <Chart
        title="Clicks, redemptions and sales by day"
        labels={days.map(({ day }) => format.dayOfMonth(day))}
        series={[
          { name: 'Clicks', values: days.map(({ clicks }) => clicks) },
          { name: 'Visitors', values: days.map(({ visitors }) => visitors) },
          { name: 'Redemptions', values: days.map(({ redemptions }) => redemptions) },
          { name: 'Sales', values: days.map(({ conversions }) => conversions) },
        ]}
        say={(value) => format.count(value)}
      />
      <p class="text-secondary mb-0">
        A visitor who comes on two days, or by two links, counts twice. Commission belongs to a month and not to a day,
        because rates and refunds are settled by month.
      </p>
    </Card>
  );
}
