import type { JSX } from 'preact';
import { Chart } from '#console/ui/chart';
import { Card, Figure, Grid, Table } from '#console/ui/parts';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import { partnerHref } from '#functions/console/web/paths';
import type { SimulationResult, Total } from './simulation-words.ts';

type Props = { readonly visit: Visit; readonly result: SimulationResult; readonly total: Total };
type Ranked = SimulationResult['winners'][number];

/** Partners in the chart of movers: more names would not be legible. */
const MAX_MOVERS = 8;
const MAX_NAME_LENGTH = 14;

/** What it comes to in one currency. */
export function CostFigures({ visit, total }: Omit<Props, 'result'>): JSX.Element {
  const { format } = visit;
  const { currency, estimatedEarnedMinor } = total;
  return (
    <Grid>
      <Figure label="Paid" value={format.amount(total.paidEarnedMinor, currency)} note="By approved payout runs" />
      {estimatedEarnedMinor === undefined ? null : (
        <Figure
          label="Estimated by today’s terms"
          value={format.amount(estimatedEarnedMinor, currency)}
          note="In months without a run"
        />
      )}
      <Figure
        label="With the draft"
        value={format.amount(total.simulatedEarnedMinor, currency)}
        note="On the same sales"
      />
      <Figure
        label="Difference"
        value={format.change(total.differenceMinor, currency)}
        note={`${format.count(total.better)} earn more, ${format.count(total.worse)} less, ${format.count(total.same)} the same`}
      />
    </Grid>
  );
}

/** Cost month by month, today and with the draft. */
export function CostByMonth({ visit, result, total }: Props): JSX.Element | null {
  const { format } = visit;
  const { currency } = total;
  const own = new Map(
    result.monthTotals.filter((month) => month.currency === currency).map((month) => [month.period, month]),
  );
  const months = result.months.map(({ period, estimate }) => ({ period, estimate, cost: own.get(period) }));
  const say = (minor: number): string => format.amount(minor, currency);
  const today = ({ estimate, cost }: (typeof months)[number]): number =>
    (estimate ? cost?.estimatedEarnedMinor : cost?.paidEarnedMinor) ?? 0;
  const label = ({ period, estimate }: (typeof months)[number]): string =>
    `${format.period(period)}${estimate ? ' *' : ''}`;
  if (own.size === 0) return null;
  return (
    <Card title={`Cost by month in ${currency}`}>
      <Chart
        title={`Cost by month in ${currency}`}
        kind="bars"
        labels={months.map(label)}
        series={[
          { name: 'Today’s terms', values: months.map(today) },
          { name: 'With the draft', values: months.map(({ cost }) => cost?.simulatedEarnedMinor ?? 0) },
        ]}
        say={say}
      />
      {result.estimate ? (
        <p class="form-hint mb-0">
          * Estimated: no payout run is approved for this month. Sales and refunds may still come.
        </p>
      ) : null}
    </Card>
  );
}

/** Who would earn more, and who less: as a chart, and as two lists. */
export function Movers({ visit, result, total, names }: Props & { readonly names: NamesOf }): JSX.Element {
  const { format } = visit;
  const { currency } = total;
  const of = (rows: readonly Ranked[]): readonly Ranked[] => rows.filter((row) => row.currency === currency);
  const movers = of(result.largestChanges).slice(0, MAX_MOVERS);
  if (movers.length === 0) {
    return (
      <Card title={`Who moves in ${currency}`}>
        <p class="mb-0">Nobody: every partner would have earned what it earned.</p>
      </Card>
    );
  }
  return (
    <>
      <Card title={`Largest changes in ${currency}`}>
        <Chart
          title={`Largest changes in ${currency}`}
          kind="bars"
          labels={movers.map(({ partnerId }) => short(names.partner(partnerId)))}
          series={[{ name: 'Change', values: movers.map(({ differenceMinor }) => differenceMinor) }]}
          say={(minor) => format.change(minor, currency)}
        />
      </Card>
      <Grid wide>
        <MoverList title={`Would earn less in ${currency}`} rows={of(result.losers)} {...{ visit, names }} />
        <MoverList title={`Would earn more in ${currency}`} rows={of(result.winners)} {...{ visit, names }} />
      </Grid>
    </>
  );
}

const LISTED = 10;

/** The partners that the lists name. */
export function moversOf(result: SimulationResult): readonly string[] {
  const ids = result.totals.flatMap(({ currency }) =>
    [result.largestChanges, result.losers, result.winners].flatMap((rows) =>
      rows.filter((row) => row.currency === currency).slice(0, LISTED),
    ),
  );
  return ids.map(({ partnerId }) => partnerId);
}

function MoverList({
  title,
  rows,
  visit,
  names,
}: {
  readonly title: string;
  readonly rows: readonly Ranked[];
  readonly visit: Visit;
  readonly names: NamesOf;
}): JSX.Element {
  const { format, programme } = visit;
  return (
    <Card title={title} flush>
      {rows.length === 0 ? (
        <p class="card-body text-secondary mb-0">Nobody.</p>
      ) : (
        <Table
          caption={title}
          rows={rows.slice(0, LISTED)}
          keyOf={({ partnerId }) => partnerId}
          columns={[
            {
              label: 'Partner',
              cell: ({ partnerId }) => (
                <a href={partnerHref(programme.programId, partnerId)}>{names.partner(partnerId)}</a>
              ),
            },
            {
              label: 'Change',
              isNumber: true,
              cell: ({ differenceMinor, currency }) => format.change(differenceMinor, currency),
            },
            {
              label: 'In per cent',
              isNumber: true,
              isMinor: true,
              cell: ({ changeBps }) => (changeBps === undefined ? '' : format.percent(changeBps)),
            },
          ]}
        />
      )}
    </Card>
  );
}

const short = (name: string): string =>
  name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, MAX_NAME_LENGTH - 1).trimEnd()}…`;
