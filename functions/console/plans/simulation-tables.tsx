import type { JSX } from 'preact';
import { Empty, Table } from '#console/ui/parts';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import { partnerHref } from '#functions/console/web/paths';
import type { SimulationResult } from './simulation-words.ts';

/** Rows of a page: as many names as one call tells. */
export const ROWS_A_PAGE = 50;

export const TABS = ['cost', 'partners', 'brackets', 'tiers'] as const;
export type Tab = (typeof TABS)[number];

/** How many rows a part has, and which partners its page names. */
export function rowsOf(
  result: SimulationResult,
  tab: Tab,
  page: number,
): { count: number; partners: readonly string[] } {
  const lists: Readonly<Record<Tab, readonly { readonly partnerId: string }[]>> = {
    cost: [],
    partners: result.items,
    brackets: result.bracketChanges,
    tiers: result.tierChanges,
  };
  const rows = lists[tab];
  return { count: rows.length, partners: pageOf(rows, page).map(({ partnerId }) => partnerId) };
}

const pageOf = <T,>(rows: readonly T[], page: number): readonly T[] =>
  rows.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE);

type Props = {
  readonly visit: Visit;
  readonly result: SimulationResult;
  readonly names: NamesOf;
  readonly page: number;
};

export function SimulationTable({ tab, ...props }: Props & { readonly tab: Tab }): JSX.Element {
  if (tab === 'brackets') return <Brackets {...props} />;
  if (tab === 'tiers') return <Tiers {...props} />;
  return <Partners {...props} />;
}

const partnerCell =
  ({ visit, names }: Props) =>
  ({ partnerId }: { readonly partnerId: string }): JSX.Element => (
    <a href={partnerHref(visit.programme.programId, partnerId)}>{names.partner(partnerId)}</a>
  );

function Partners(props: Props): JSX.Element {
  const { visit, result, page } = props;
  const { format } = visit;
  const rows = pageOf(result.items, page);
  const estimated = result.estimate
    ? [
        {
          label: 'Estimated',
          isNumber: true,
          cell: (row: (typeof rows)[number]) =>
            row.estimatedEarnedMinor === undefined ? '' : format.amount(row.estimatedEarnedMinor, row.currency),
        },
      ]
    : [];
  if (rows.length === 0) return <Empty title="Nobody earned anything in these months">Choose others.</Empty>;
  return (
    <Table
      caption="What each partner would have earned"
      rows={rows}
      keyOf={({ partnerId, currency }) => `${partnerId} ${currency}`}
      columns={[
        { label: 'Partner', cell: partnerCell(props) },
        { label: 'Paid', isNumber: true, cell: (row) => format.amount(row.paidEarnedMinor, row.currency) },
        ...estimated,
        {
          label: 'With the draft',
          isNumber: true,
          cell: (row) => format.amount(row.simulatedEarnedMinor, row.currency),
        },
        { label: 'Difference', isNumber: true, cell: (row) => format.change(row.differenceMinor, row.currency) },
      ]}
    />
  );
}

type Place = SimulationResult['bracketChanges'][number]['used'];

function Brackets(props: Props): JSX.Element {
  const { visit, result, page } = props;
  const { format } = visit;
  const place = (at: Place, currency: string): string => {
    if (at === undefined) return 'not counted';
    const counted =
      at.metric === 'conversions' ? `${format.count(at.counted)} sales` : format.amount(at.counted, currency);
    return `bracket ${at.bracket} of ${at.of} at ${format.percent(at.rateBps)} (${counted})`;
  };
  if (result.bracketChanges.length === 0) {
    return (
      <Empty title="No month lies in another bracket">
        Neither plan counts brackets, or every partner’s month reaches the same bracket at the same rate.
      </Empty>
    );
  }
  return (
    <Table
      caption="Months that lie in another bracket, or in one with another rate"
      rows={pageOf(result.bracketChanges, page)}
      keyOf={(row) => `${row.partnerId} ${row.period} ${row.componentId} ${row.currency}`}
      columns={[
        { label: 'Partner', cell: partnerCell(props) },
        { label: 'Month', cell: ({ period }) => format.period(period) },
        { label: 'Component', isMinor: true, cell: ({ componentId }) => componentId },
        { label: 'Today', cell: ({ used, currency }) => place(used, currency) },
        { label: 'With the draft', cell: ({ simulated, currency }) => place(simulated, currency) },
      ]}
    />
  );
}

const EFFECTS = {
  no_longer_paid: 'is paid no more',
  newly_paid: 'is paid now',
  earns_more: 'earns more',
  earns_less: 'earns less',
} as const;

function Tiers(props: Props): JSX.Element {
  const { visit, result, page } = props;
  const { format } = visit;
  if (result.tierChanges.length === 0) {
    return <Empty title="No tier is worth more or less">The shares by tier earn the same on the same sales.</Empty>;
  }
  return (
    <>
      <Table
        caption="What each tier is worth to all partners together"
        rows={result.tiers}
        keyOf={({ tier, currency }) => `${tier} ${currency}`}
        columns={[
          { label: 'Tier', cell: ({ tier }) => tier },
          { label: 'Partners it changes for', isNumber: true, cell: ({ partners }) => format.count(partners) },
          {
            label: 'Today',
            isNumber: true,
            isMinor: true,
            cell: (row) => format.amount(row.usedEarnedMinor, row.currency),
          },
          {
            label: 'With the draft',
            isNumber: true,
            isMinor: true,
            cell: (row) => format.amount(row.simulatedEarnedMinor, row.currency),
          },
          { label: 'Difference', isNumber: true, cell: (row) => format.change(row.differenceMinor, row.currency) },
        ]}
      />
      <Table
        caption="Partners whose tier is worth more or less"
        rows={pageOf(result.tierChanges, page)}
        keyOf={({ partnerId, tier, currency }) => `${partnerId} ${tier} ${currency}`}
        columns={[
          { label: 'Partner', cell: partnerCell(props) },
          { label: 'On sales as', cell: ({ tier }) => tier },
          { label: 'What changes', cell: ({ effect }) => EFFECTS[effect] },
          {
            label: 'Today',
            isNumber: true,
            isMinor: true,
            cell: (row) => format.amount(row.usedEarnedMinor, row.currency),
          },
          {
            label: 'With the draft',
            isNumber: true,
            cell: (row) => format.amount(row.simulatedEarnedMinor, row.currency),
          },
        ]}
      />
    </>
  );
}

/** To the pages of a long table. */
export function TablePages({
  href,
  page,
  count,
}: {
  readonly href: (page: number) => string;
  readonly page: number;
  readonly count: number;
}): JSX.Element | null {
  const last = Math.max(0, Math.ceil(count / ROWS_A_PAGE) - 1);
  if (last === 0) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 0 ? (
        <a class="btn" href={href(page - 1)} rel="prev">
          Page before
        </a>
      ) : null}
      <span class="text-secondary align-self-center">
        Page {page + 1} of {last + 1}
      </span>
      {page < last ? (
        <a class="btn" href={href(page + 1)} rel="next">
          Next page
        </a>
      ) : null}
    </nav>
  );
}
