import { BalanceTabs } from '#console/books/balances/balance-tabs';
import { BOOKKEEPERS, baseOf, MONEY, PartnerLink, unsigned } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { Badge, Card, Empty, Pager, Stack, Table } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listNegativeBalancesRoute } from '#shared/contracts/payouts/ledger/list-negative-balances';

const A_PAGE = 50;

/** Who owes us, since when, and whether that is longer than the programme allows. */
export const showOwingPartners = definePage({
  name: 'show-owing-partners',
  path: `${PROGRAM_PATH}/balances/owing`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format } = visit;
    const base = baseOf(visit);
    const aged = ({ yes: 'true', no: 'false' } as const)[query.get('aged') ?? ''];
    const page = await api.call(listNegativeBalancesRoute, {
      params: { programId: programme.programId },
      query: { aged, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const names = await namesOf(visit, { partners: page.items.map(({ partnerId }) => partnerId) });
    const mayWriteOff = visit.may(...BOOKKEEPERS);
    return view({
      title: 'Partners who owe',
      trail: [['Balances', `${base}/balances`]],
      lead: 'More was taken back than earned. The next statements make up for it, or you give it up.',
      body: (
        <Stack>
          <BalanceTabs base={base} current="owing" />
          <Filters action={`${base}/balances/owing`}>
            <FilterField
              name="aged"
              label="Show"
              value={query.get('aged')}
              options={[
                ['', 'Everybody who owes'],
                ['yes', 'Longer than allowed'],
                ['no', 'Still within the time allowed'],
              ]}
            />
          </Filters>
          <Card flush>
            {page.items.length === 0 ? (
              <Empty icon="balances" title="Nobody owes anything">
                A partner appears here when refunds take back more than a month earned.
              </Empty>
            ) : (
              <Table
                caption="Partners who owe"
                rows={page.items}
                keyOf={({ partnerId, currency }) => `${partnerId} ${currency}`}
                columns={[
                  {
                    label: 'Partner',
                    cell: ({ partnerId }) => <PartnerLink visit={visit} partnerId={partnerId} names={names} />,
                  },
                  {
                    label: 'Owes',
                    isNumber: true,
                    cell: ({ balanceMinor, currency }) => unsigned(format, balanceMinor, currency),
                  },
                  { label: 'Since', isMinor: true, cell: ({ sincePeriod }) => format.period(sincePeriod) },
                  {
                    label: 'Age',
                    cell: ({ ageMonths, aged: isAged }) => (
                      <>
                        {format.count(ageMonths)} {ageMonths === 1 ? 'month' : 'months'}{' '}
                        {isAged ? <Badge tone="attention">Longer than allowed</Badge> : null}
                      </>
                    ),
                  },
                  {
                    label: 'What to do',
                    cell: ({ partnerId, currency }) =>
                      mayWriteOff ? (
                        <a
                          href={`${base}/balances/write-off?partnerId=${encodeURIComponent(partnerId)}&currency=${currency}`}
                        >
                          Write off<span class="visually-hidden"> what {names.partner(partnerId)} owes</span>
                        </a>
                      ) : (
                        'Finance can write it off'
                      ),
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
