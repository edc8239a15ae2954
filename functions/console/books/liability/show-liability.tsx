import type { JSX } from 'preact';
import type * as z from 'zod';
import { baseOf, isRefused, MONEY, orRefused, PartnerLink, RefusedAlert } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { Card, Empty, Figure, Grid, Stack, Table, Time } from '#console/ui/parts';
import { dayEndedBefore } from '#functions/console/books/day-bounds';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { getLiabilityRoute } from '#shared/contracts/payouts/ledger/get-liability';
import { listNegativeBalancesRoute } from '#shared/contracts/payouts/ledger/list-negative-balances';

/** Rows of a page; the API has a thousand. */
const PARTNERS_SHOWN = 50;
const OWING_SHOWN = 100;

type Liability = z.output<(typeof getLiabilityRoute)['response']>;
type Total = Liability['totals'][number];

/** What the programme owes its partners at the end of a day, paid out or not, and what they owe it. */
export const showLiability = definePage({
  name: 'show-liability',
  path: `${PROGRAM_PATH}/liability`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, now } = visit;
    const params = { programId: programme.programId };
    const base = baseOf(visit);
    const asOf = dayEndedBefore(query.get('asOf'), programme.timeZone, now);
    const known = dayEndedBefore(query.get('knownAt'), programme.timeZone, now);
    const knownAt = known ?? (query.get('knownAt') && asOf ? new Date(now).toISOString() : undefined);
    const [found, owing] = await Promise.all([
      orRefused(api.call(getLiabilityRoute, { params, query: { asOf, knownAt } })),
      asOf ? undefined : api.maybe(listNegativeBalancesRoute, { params, query: { limit: OWING_SHOWN } }),
    ]);
    const shown = isRefused(found) ? [] : found.partners.slice(0, PARTNERS_SHOWN);
    const names = await namesOf(visit, { partners: shown.map(({ partnerId }) => partnerId) });
    const agedCount = owing?.items.filter(({ aged }) => aged).length ?? 0;
    return view({
      title: 'Liability',
      lead: isRefused(found) ? null : (
        <>
          What is owed as of <Time at={found.asOf} format={visit.format} />
          {found.knownAt === found.asOf ? (
            ''
          ) : (
            <>
              , as it had been recorded by <Time at={found.knownAt} format={visit.format} />
            </>
          )}
          .
        </>
      ),
      body: (
        <Stack>
          <Filters action={`${base}/liability`}>
            <FilterField name="asOf" label="At the end of" type="date" value={query.get('asOf')} />
            <FilterField name="knownAt" label="As recorded by" type="date" value={query.get('knownAt')} />
          </Filters>
          {isRefused(found) ? <RefusedAlert refused={found.refused} /> : null}
          {!isRefused(found) && found.totals.length === 0 ? (
            <Card>
              <Empty icon="liability" title="Nothing is owed">
                Sales of partners add to it as soon as they are recorded, before their month is closed.
              </Empty>
            </Card>
          ) : null}
          {isRefused(found)
            ? null
            : found.totals.map((total) => (
                <Currency key={total.currency} visit={visit} found={found} total={total} names={names} />
              ))}
          {owing && owing.items.length > 0 ? (
            <Card title="How old is what partners owe?">
              <p>
                {visit.format.count(owing.items.length)}
                {owing.nextCursor ? ' or more' : ''} {owing.items.length === 1 ? 'balance is' : 'balances are'} below
                zero, {agedCount} of them for longer than the programme allows.{' '}
                <a href={`${base}/balances/owing`}>See them by age, and write off</a>.
              </p>
            </Card>
          ) : null}
        </Stack>
      ),
    });
  },
});

function Currency({
  visit,
  found,
  total,
  names,
}: {
  readonly visit: Visit;
  readonly found: Liability;
  readonly total: Total;
  readonly names: NamesOf;
}): JSX.Element {
  const { format } = visit;
  const { currency } = total;
  const amount = (minor: number): string => format.amount(minor, currency);
  const own = found.partners.filter((one) => one.currency === currency);
  const rows = own.slice(0, PARTNERS_SHOWN);
  const others = found.others.find((one) => one.currency === currency);
  const more = own.length - rows.length + (others?.partners ?? 0);
  return (
    <>
      <Grid>
        <Figure
          label={`Owed in ${currency}`}
          value={amount(total.totalMinor)}
          note={`${amount(total.netMinor)} after what partners owe`}
        />
        <Figure
          label="Posted, not sent"
          value={amount(total.payableMinor)}
          note="In the journal, payable to partners."
        />
        <Figure label="In transit" value={amount(total.inTransitMinor)} note="Handed to a bank or provider." />
        <Figure
          label="Earned, month not closed"
          value={amount(total.accruedMinor)}
          note="From sales, refunds and terms."
        />
        <Figure label="Partners owe" value={amount(total.receivableMinor)} note="Balances below zero." />
      </Grid>
      <Card
        title={`By partner, in ${currency}`}
        lead={more > 0 ? `Those with whom most is at stake; ${format.count(more)} more are in the totals.` : undefined}
        flush
      >
        <Table
          caption={`Liability by partner in ${currency}`}
          rows={rows}
          keyOf={({ partnerId }) => partnerId}
          columns={[
            {
              label: 'Partner',
              cell: ({ partnerId }) => <PartnerLink visit={visit} partnerId={partnerId} names={names} />,
            },
            { label: 'Posted', isNumber: true, cell: ({ payableMinor }) => amount(payableMinor) },
            {
              label: 'In transit',
              isNumber: true,
              isMinor: true,
              cell: ({ inTransitMinor }) => amount(inTransitMinor),
            },
            { label: 'Earned', isNumber: true, cell: ({ accruedMinor }) => amount(accruedMinor) },
            { label: 'Owes', isNumber: true, isMinor: true, cell: ({ receivableMinor }) => amount(receivableMinor) },
          ]}
        />
      </Card>
    </>
  );
}
