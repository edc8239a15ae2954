import { BOOKKEEPERS, baseOf, MONEY, PartnerLink } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Pager, Stack, Table, Tabs } from '#console/ui/parts';
import { reasonWord, stateOf } from '#functions/console/books/adjustments/adjustment-words';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listAdjustmentsRoute } from '#shared/contracts/payouts/adjustments/list-adjustments';

const A_PAGE = 25;
const STATUSES = ['proposed', 'recorded', 'declined'] as const;

/** Adjustments of a month, and those that wait for a second person. */
export const showAdjustments = definePage({
  name: 'show-adjustments',
  path: `${PROGRAM_PATH}/adjustments`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format } = visit;
    const base = baseOf(visit);
    const list = `${base}/adjustments`;
    const status = STATUSES.find((one) => one === query.get('status'));
    const month = query.get('period') ?? '';
    const period = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined;
    const page = await api.call(listAdjustmentsRoute, {
      params: { programId: programme.programId },
      query: {
        status,
        period,
        partnerId: query.get('partnerId') ?? undefined,
        cursor: query.get('cursor') ?? undefined,
        limit: A_PAGE,
      },
    });
    const names = await namesOf(visit, {
      partners: page.items.map(({ partnerId }) => partnerId),
      people: page.items.map(({ recordedBy }) => recordedBy),
    });
    return view({
      title: 'Adjustments',
      lead: 'What people add to a partner’s statement or take from it, each with its reason.',
      actions: visit.may(...BOOKKEEPERS) ? (
        <ButtonLink href={`${list}/new`} icon="plus" primary>
          New adjustment
        </ButtonLink>
      ) : null,
      body: (
        <Stack>
          <Tabs
            label="Adjustments by state"
            tabs={[
              ['Month', list, status === undefined],
              ['Waiting for a second person', `${list}?status=proposed`, status === 'proposed'],
              ['Declined', `${list}?status=declined`, status === 'declined'],
            ]}
          />
          {status === 'proposed' ? null : (
            <Filters action={list}>
              {status ? <input type="hidden" name="status" value={status} /> : null}
              <FilterField name="period" label="Month" type="month" value={period} />
              <FilterField name="partnerId" label="Partner id" value={query.get('partnerId')} />
            </Filters>
          )}
          <Card
            title={status === 'proposed' ? undefined : period ? format.period(period) : 'The month that is open now'}
            flush
          >
            {page.items.length === 0 ? (
              <Empty
                icon="adjustments"
                title={status === 'proposed' ? 'Nothing waits for a decision' : 'No adjustments'}
              >
                {status === 'proposed'
                  ? 'An adjustment above the programme’s limit waits here until somebody other than its maker decides.'
                  : 'Corrections, goodwill and bonuses of the month appear here once somebody records them.'}
              </Empty>
            ) : (
              <Table
                caption="Adjustments"
                rows={page.items}
                keyOf={({ adjustmentId }) => adjustmentId}
                columns={[
                  {
                    label: 'Reason',
                    cell: (one) => (
                      <>
                        <a href={`${list}/${encodeURIComponent(one.adjustmentId)}`}>{one.reason}</a>
                        <div class="text-secondary">{reasonWord(one.reasonCode)}</div>
                      </>
                    ),
                  },
                  {
                    label: 'Partner',
                    cell: ({ partnerId }) => <PartnerLink visit={visit} partnerId={partnerId} names={names} />,
                  },
                  {
                    label: 'Amount',
                    isNumber: true,
                    cell: ({ amountMinor, currency }) => format.change(amountMinor, currency),
                  },
                  { label: 'Month', isMinor: true, cell: (one) => format.period(one.period) },
                  { label: 'Made by', isMinor: true, cell: ({ recordedBy }) => names.person(recordedBy) },
                  {
                    label: 'State',
                    cell: (one) => {
                      const [tone, word] = stateOf(one);
                      return <Badge tone={tone}>{word}</Badge>;
                    },
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={page.nextCursor} />
          </Card>
        </Stack>
      ),
    });
  },
});
