import { FilterField, Filters } from '#console/ui/form';
import { Badge, Card, Empty, Pager, Table } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { listStatementsRoute } from '#shared/contracts/payouts/statements/list-statements';
import { programmeBase, STAFF_BASE, statementHref } from './statement-paths.ts';
import { statementState } from './statement-words.ts';

export const STATEMENT_STAFF = ['admin', 'finance', 'approver', 'partner_manager'] as const;
const A_PAGE = 50;

/** Every statement of the programme, by month and partner, with its amounts. */
export const showStatements = definePage({
  name: 'show-statements',
  path: `${STAFF_BASE}/statements`,
  access: STATEMENT_STAFF,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const base = programmeBase(programId);
    const period = readPeriod(query.get('period'));
    const partnerId = query.get('partnerId')?.trim() || undefined;
    const { items, nextCursor } = await api.call(listStatementsRoute, {
      params: { programId },
      query: { period, partnerId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const names = await namesOf(visit, { partners: items.map((one) => one.partnerId) });
    const isFiltered = period !== undefined || partnerId !== undefined;
    return view({
      title: 'Statements',
      lead: 'What each partner earned in each month, to the cent. Of each month the newest computation is shown.',
      body: (
        <>
          <Filters action={`${base}/statements`}>
            <FilterField name="period" label="Month" type="month" value={period} />
            <FilterField name="partnerId" label="Partner id" type="search" value={partnerId} />
          </Filters>
          <Card flush>
            {items.length === 0 ? (
              <Empty icon="statements" title={isFiltered ? 'No statement matches' : 'No statement yet'}>
                {isFiltered
                  ? 'Check the month and the partner id, or show all.'
                  : 'Statements are written when a payout run closes a month.'}
              </Empty>
            ) : (
              <Table
                caption="Statements"
                rows={items}
                keyOf={({ statementId }) => statementId}
                columns={[
                  {
                    label: 'Statement',
                    cell: (one) => (
                      <>
                        <a href={statementHref(programId, one.statementId)}>
                          {names.partner(one.partnerId)}, {format.period(one.period)}
                        </a>
                        <div>
                          <Badge tone={statementState(one)[0]}>{statementState(one)[1]}</Badge>
                        </div>
                      </>
                    ),
                  },
                  ...AMOUNTS.map(([label, name, isMinor]) => ({
                    label,
                    isNumber: true,
                    isMinor,
                    cell: (one: (typeof items)[number]) => format.amount(one[name], one.currency),
                  })),
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={nextCursor} />
          </Card>
        </>
      ),
    });
  },
});

const AMOUNTS = [
  ['Brought forward', 'openingBalanceMinor', true],
  ['Earned', 'earnedMinor', false],
  ['Taken back', 'clawbackMinor', true],
  ['Corrections', 'adjustmentMinor', true],
  ['To be paid', 'payableMinor', false],
  ['Carried forward', 'closingBalanceMinor', true],
] as const;

/** What a browser without a month field sends may be anything. */
function readPeriod(text: string | null): string | undefined {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}
