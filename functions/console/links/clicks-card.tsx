import type { JSX } from 'preact';
import type * as z from 'zod';
import { Chart, type Series } from '#console/ui/chart';
import { Card, Empty, Table, Tabs } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import type { listLinkClicksRoute } from '#shared/contracts/tracking/list-link-clicks';
import { daysOf, sumsByValue, valueName } from './click-days.ts';
import { WAYS } from './link-words.ts';

export type LinkClicks = z.output<typeof listLinkClicksRoute.response>;

/** A link's clicks by day, of all or told apart by sub-id or country. */
export function ClicksCard({ visit, clicks }: { readonly visit: Visit; readonly clicks: LinkClicks }): JSX.Element {
  const { format } = visit;
  const days = daysOf(clicks.from, clicks.to);
  const way = WAYS.find(([by]) => by === clicks.by)?.[1] ?? 'All clicks';
  const sums = sumsByValue(clicks.items);
  const tabs = WAYS.map(([by, label]): readonly [string, string, boolean] => {
    const at = new URL(visit.address, 'http://console');
    at.searchParams.set('by', by);
    return [label, `${at.pathname}${at.search}#clicks`, by === clicks.by];
  });
  return (
    <Card
      id="clicks"
      title="Clicks by day"
      lead={`${format.dayOfMonth(clicks.from)} to ${format.dayOfMonth(clicks.to)}`}
    >
      <Tabs label="What clicks are told apart by" tabs={tabs} />
      {clicks.items.length === 0 ? (
        <Empty
          icon="chart"
          title={clicks.by === 'none' ? 'No click in these days' : `No click with ${way.toLowerCase()}`}
        >
          {clicks.by === 'none' || clicks.by === 'country'
            ? 'Clicks show up here within a minute or so of being made.'
            : 'Share the link with a sub-id, below, to tell the places apart where you share it.'}
        </Empty>
      ) : (
        <>
          <Chart
            title={clicks.by === 'none' ? 'Clicks and visitors by day' : `Clicks by day and ${way.toLowerCase()}`}
            labels={days.map((day) => format.dayOfMonth(day))}
            series={seriesOf(clicks, days)}
            say={(value) => format.count(value)}
            kind={clicks.by === 'none' ? 'line' : 'stacked'}
          />
          {clicks.by === 'none' ? null : (
            <Table
              caption={`Clicks by ${way.toLowerCase()}`}
              rows={sums}
              keyOf={valueName}
              columns={[
                { label: way, cell: valueName },
                { label: 'Clicks', isNumber: true, cell: ({ clicks: count }) => format.count(count) },
                { label: 'Visitors', isNumber: true, cell: ({ visitors }) => format.count(visitors) },
              ]}
            />
          )}
        </>
      )}
    </Card>
  );
}

/** As many as can be told apart by colour; the table has all. */
const MAX_SERIES = 5;

function seriesOf(clicks: LinkClicks, days: readonly string[]): readonly Series[] {
  const { items, by } = clicks;
  const countsOf = (points: LinkClicks['items'], what: 'clicks' | 'visitors'): number[] => {
    const byDay = new Map(points.map((point) => [point.at, point[what]]));
    return days.map((day) => byDay.get(day) ?? 0);
  };
  if (by === 'none') {
    return [
      { name: 'Clicks', values: countsOf(items, 'clicks') },
      { name: 'Visitors', values: countsOf(items, 'visitors') },
    ];
  }
  return sumsByValue(items)
    .slice(0, MAX_SERIES)
    .map((sum) => ({
      name: valueName(sum),
      values: countsOf(
        items.filter((point) => valueName(point) === valueName(sum)),
        'clicks',
      ),
    }));
}
