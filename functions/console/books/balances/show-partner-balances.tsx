import { BalanceTabs } from '#console/books/balances/balance-tabs';
import { baseOf, isRefused, MONEY, orRefused, PartnerLink, RefusedAlert } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { Card, Empty, Pager, Stack, Table } from '#console/ui/parts';
import { dayEndedBefore } from '#functions/console/books/day-bounds';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listBalancesRoute } from '#shared/contracts/payouts/ledger/list-balances';

const A_PAGE = 50;

/** What each partner is owed, as of the end of a day. */
export const showPartnerBalances = definePage({
  name: 'show-partner-balances',
  path: `${PROGRAM_PATH}/balances/partners`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format, now } = visit;
    const base = baseOf(visit);
    const asOf = dayEndedBefore(query.get('asOf'), programme.timeZone, now);
    const asked = { asOf, cursor: query.get('cursor') ?? undefined, limit: A_PAGE };
    const page = await orRefused(
      api.call(listBalancesRoute, { params: { programId: programme.programId }, query: asked }),
    );
    const partners = isRefused(page) ? [] : page.items;
    const rows = partners.flatMap(({ partnerId, balances }) => balances.map((one) => ({ partnerId, ...one })));
    const names = await namesOf(visit, { partners: rows.map(({ partnerId }) => partnerId) });
    return view({
      title: 'Balances by partner',
      trail: [['Balances', `${base}/balances`]],
      lead: asOf ? <>At the end of {format.day(asOf)}, from the journal.</> : 'As they are now.',
      body: (
        <Stack>
          <BalanceTabs base={base} current="partners" />
          <Filters action={`${base}/balances/partners`}>
            <FilterField name="asOf" label="At the end of" type="date" value={query.get('asOf')} />
          </Filters>
          {isRefused(page) ? (
            <RefusedAlert refused={page.refused} />
          ) : (
            <Card flush>
              {rows.length === 0 ? (
                <Empty icon="balances" title="None of these partners has a balance">
                  A partner has one from its first statement that earned something.
                </Empty>
              ) : (
                <Table
                  caption="Balances by partner"
                  rows={rows}
                  keyOf={({ partnerId, currency }) => `${partnerId} ${currency}`}
                  columns={[
                    {
                      label: 'Partner',
                      cell: ({ partnerId }) => <PartnerLink visit={visit} partnerId={partnerId} names={names} />,
                    },
                    {
                      label: 'Owed to the partner',
                      isNumber: true,
                      cell: ({ payableMinor, currency }) => format.amount(payableMinor, currency),
                    },
                    {
                      label: 'Of that in payouts not sent yet',
                      isNumber: true,
                      isMinor: true,
                      cell: ({ reservedMinor, currency }) => format.amount(reservedMinor, currency),
                    },
                    {
                      label: 'Entries',
                      cell: ({ partnerId }) => (
                        <a href={`${base}/journal?partnerId=${encodeURIComponent(partnerId)}`}>
                          Journal<span class="visually-hidden"> of {names.partner(partnerId)}</span>
                        </a>
                      ),
                    },
                  ]}
                />
              )}
              <Pager address={visit.address} nextCursor={page.nextCursor} />
            </Card>
          )}
        </Stack>
      ),
    });
  },
});
