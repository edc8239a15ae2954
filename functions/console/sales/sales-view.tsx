import type { JSX } from 'preact';
import { Icon } from '#console/ui/icons';
import { Badge, Card, Empty, Pager, Table } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { monthBeside, type Sale, saleState } from './sale-words.ts';

type Props = {
  readonly visit: Pick<Visit, 'format' | 'address'>;
  readonly sales: readonly Sale[];
  readonly period: string;
  readonly nextCursor: string | undefined;
  /** Address of the list; a sale's page lies below. */
  readonly base: string;
  /** Other parameters of the list, such as the partner: `partnerId=anna`. */
  readonly query?: string | undefined;
  readonly empty: string;
};

/** The sales of a month, with where each stands. */
export function SalesView({ visit, sales, period, nextCursor, base, query, empty }: Props): JSX.Element {
  const { format } = visit;
  const href = (sale: Sale): string => `${base}/${encodeURIComponent(sale.orderId)}`;
  return (
    <>
      <Months visit={visit} period={period} base={base} query={query} />
      <Card flush>
        {sales.length === 0 ? (
          <Empty icon="sales" title={`No sale counts in ${format.period(period)}`}>
            {empty}
          </Empty>
        ) : (
          <Table
            caption={`Sales that count in ${format.period(period)}`}
            rows={sales}
            keyOf={({ orderId, partnerId }) => `${orderId} ${partnerId ?? ''}`}
            columns={[
              { label: 'Order', cell: (sale) => <a href={href(sale)}>{sale.orderId}</a> },
              { label: 'Sold', cell: ({ occurredAt }) => <time dateTime={occurredAt}>{format.day(occurredAt)}</time> },
              {
                label: 'Status',
                cell: (sale) => <Badge tone={saleState(sale)[0]}>{saleState(sale)[1]}</Badge>,
              },
              {
                label: 'Where and what',
                isMinor: true,
                cell: ({ country, category }) => [country, category].filter(Boolean).join(', '),
              },
              {
                label: 'Refunded',
                isNumber: true,
                isMinor: true,
                cell: ({ refundedMinor, amount }) =>
                  refundedMinor > 0 ? format.amount(refundedMinor, amount.currency) : '',
              },
              {
                label: 'Amount',
                isNumber: true,
                cell: ({ amount, shareBps }) => (
                  <>
                    {format.amount(amount.minor, amount.currency)}
                    {shareBps === undefined ? null : (
                      <div class="text-secondary">{format.percent(shareBps)} of a split sale</div>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
        <Pager address={visit.address} nextCursor={nextCursor} />
      </Card>
    </>
  );
}

/** One month back or on, or any month. */
function Months({ visit, period, base, query }: Pick<Props, 'visit' | 'period' | 'base' | 'query'>): JSX.Element {
  const to = (month: string): string => `${base}?period=${month}${query ? `&${query}` : ''}`;
  return (
    <nav class="months" aria-label="Months">
      <a class="btn" href={to(monthBeside(period, -1))} rel="prev">
        {visit.format.period(monthBeside(period, -1))}
      </a>
      <strong>{visit.format.period(period)}</strong>
      <a class="btn" href={to(monthBeside(period, 1))} rel="next">
        {visit.format.period(monthBeside(period, 1))} <Icon name="next" />
      </a>
    </nav>
  );
}
