import type { JSX } from 'preact';
import type * as z from 'zod';
import { Card, Table } from '#console/ui/parts';
import type { nothingEarnedSchema } from '#shared/contracts/payouts/statements/list-nothing-earned';

type Entry = z.output<typeof nothingEarnedSchema>;

/** The sales of a statement that earned nothing, with the reason; nothing at all where there are none. */
export function NothingEarned({
  entries,
  base,
  more,
}: {
  readonly entries: readonly Entry[];
  /** Address of the statement's page. */
  readonly base: string;
  /** To the rest, where there is more than one page. */
  readonly more?: string | undefined;
}): JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <Card title="Sales that earned nothing" lead="They count in this month, and no rule paid for them." flush>
      <Table
        caption="Sales that earned nothing, and why"
        rows={entries.map((entry, at) => ({ ...entry, key: `${entry.orderId} ${entry.componentId ?? ''} ${at}` }))}
        keyOf={({ key }) => key}
        columns={[
          {
            label: 'Order',
            cell: ({ orderId }) => <a href={`${base}/calculation?orderId=${encodeURIComponent(orderId)}`}>{orderId}</a>,
          },
          { label: 'Why', cell: ({ sentence }) => sentence },
          { label: 'Rule', isMinor: true, cell: ({ componentId }) => componentId ?? 'All rules' },
        ]}
      />
      {more ? (
        <p class="card-body">
          <a href={more}>More sales that earned nothing</a>
        </p>
      ) : null}
    </Card>
  );
}
