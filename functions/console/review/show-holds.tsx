import type { JSX } from 'preact';
import { FilterField, Filters } from '#console/ui/form';
import { Badge, Card, Empty, Pager, Stack, Table, Tabs, Time } from '#console/ui/parts';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { listHoldsRoute } from '#shared/contracts/referrals/list-holds';
import { listPartnerSignalsRoute } from '#shared/contracts/referrals/list-partner-signals';
import { BASE, HOLD_STATES, type Hold, SIGNALS, STAFF } from './review-words.ts';

const A_PAGE = 50;
const TABS = [
  ['open', 'To decide'],
  ['escalated', 'Overdue'],
  ['released', 'Released'],
  ['voided', 'Voided'],
] as const;
const EMPTY: Readonly<Record<Hold['status'], readonly [string, string]>> = {
  open: [
    'Nothing is held',
    'A sale that one of your fraud rules holds appears here and earns nothing until you decide.',
  ],
  escalated: ['Nothing is overdue', 'A hold that nobody decides before its deadline moves here.'],
  released: ['Nothing was released', 'Sales that you release earn their commission and stay listed here.'],
  voided: ['Nothing was voided', 'Sales that you void never earn anything and stay listed here.'],
};

/** Sales that are held for review, what was found of them, and what the daily review found of partners. */
export const showHolds = definePage({
  name: 'show-holds',
  path: `${BASE}/holds`,
  access: STAFF,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const params = { programId: programme.programId };
    const base = `/console/programs/${programme.programId}`;
    const status = TABS.map(([one]) => one).find((one) => one === query.get('status')) ?? 'open';
    const partnerId = query.get('partnerId')?.trim() || undefined;
    const cursor = query.get('cursor') ?? undefined;
    const [holds, signals] = await Promise.all([
      api.call(listHoldsRoute, { params, query: { status, partnerId, cursor, limit: A_PAGE } }),
      api.call(listPartnerSignalsRoute, { params }),
    ]);
    const partners = [...holds.items.flatMap((one) => one.partnerIds), ...signals.items.map((one) => one.partnerId)];
    const names = await namesOf(visit, { partners });
    const [emptyTitle, emptyWords] = EMPTY[status];
    return view({
      title: 'Held sales',
      lead: 'A held sale waits for a person: it earns nothing until it is released, and nothing is decided by itself.',
      body: (
        <Stack>
          <div>
            <Tabs
              label="Holds by state"
              tabs={TABS.map(([one, label]) => [label, `${base}/holds?status=${one}`, one === status])}
            />
            <Filters action={`${base}/holds`}>
              <input type="hidden" name="status" value={status} />
              <FilterField name="partnerId" label="Partner id" type="search" value={partnerId} />
            </Filters>
            <Card flush>
              {holds.items.length === 0 ? (
                <Empty icon="shield" title={emptyTitle}>
                  {emptyWords}
                </Empty>
              ) : (
                <Table
                  caption="Held sales"
                  rows={holds.items}
                  keyOf={({ orderId }) => orderId}
                  columns={[
                    {
                      label: 'Order',
                      cell: (one) => (
                        <>
                          <a href={`${base}/holds/${encodeURIComponent(one.orderId)}`}>{one.orderId}</a>
                          <div class="text-secondary">{format.list(one.partnerIds.map(names.partner))}</div>
                        </>
                      ),
                    },
                    { label: 'Why', cell: (one) => <SignalNames hold={one} /> },
                    {
                      label: 'Amount',
                      isNumber: true,
                      cell: ({ amount }) => format.amount(amount.minor, amount.currency),
                    },
                    { label: 'Decide by', isMinor: true, cell: (one) => <Deadline hold={one} visit={visit} /> },
                  ]}
                />
              )}
              <Pager address={visit.address} nextCursor={holds.nextCursor} />
            </Card>
          </div>
          <PartnerSignals items={signals.items} names={names} visit={visit} base={base} />
        </Stack>
      ),
    });
  },
});

function SignalNames({ hold }: { readonly hold: Hold }): JSX.Element {
  return (
    <>
      {hold.signals.map(({ code, action }) => (
        <div key={code}>
          {SIGNALS[code][0]}
          {action === 'flag' ? <span class="text-secondary"> (noted)</span> : null}
        </div>
      ))}
    </>
  );
}

export function Deadline({ hold, visit }: { readonly hold: Hold; readonly visit: Visit }): JSX.Element {
  const [tone, state] = HOLD_STATES[hold.status];
  if (hold.status === 'released' || hold.status === 'voided') return <Badge tone={tone}>{state}</Badge>;
  return (
    <>
      <Time at={hold.deadline} format={visit.format} as="day" />
      <div>
        <Badge tone={tone}>{state === 'Overdue' ? state : visit.format.relative(hold.deadline, visit.now)}</Badge>
      </div>
    </>
  );
}

type Signals = {
  readonly items: readonly {
    readonly partnerId: string;
    readonly code: keyof typeof SIGNALS;
    readonly action: string;
    readonly evidence: string;
    readonly foundAt: string;
  }[];
  readonly names: NamesOf;
  readonly visit: Visit;
  readonly base: string;
};

function PartnerSignals({ items, names, visit, base }: Signals): JSX.Element {
  return (
    <Card
      title="About partners"
      lead="What the daily review found last. It holds open sales where your rules say so."
      flush
    >
      {items.length === 0 ? (
        <Empty icon="shield" title="Nothing stands out">
          Partners that give back many sales, or share an account with another, appear here.
        </Empty>
      ) : (
        <Table
          caption="Signals of partners"
          rows={items}
          keyOf={({ partnerId, code }) => `${partnerId} ${code}`}
          columns={[
            {
              label: 'Partner',
              cell: ({ partnerId }) => (
                <a href={`${base}/partners/${encodeURIComponent(partnerId)}`}>{names.partner(partnerId)}</a>
              ),
            },
            {
              label: 'What was found',
              cell: ({ code, evidence }) => (
                <>
                  <strong>{SIGNALS[code][0]}</strong>
                  <div class="text-secondary said">{evidence}</div>
                </>
              ),
            },
            {
              label: 'Found',
              isMinor: true,
              cell: ({ foundAt }) => <Time at={foundAt} format={visit.format} as="day" />,
            },
          ]}
        />
      )}
    </Card>
  );
}
