import type { JSX } from 'preact';
import type * as z from 'zod';
import { baseOf, isRefused, MONEY, orRefused, PartnerLink, RefusedAlert } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { ButtonLink, Card, Empty, Figure, Grid, Stack, Table, Time } from '#console/ui/parts';
import { dayEndedBefore } from '#functions/console/books/day-bounds';
import { ApiProblem } from '#functions/console/web/api';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { definePage, part, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { getLiabilityRoute } from '#shared/contracts/payouts/ledger/get-liability';
import { listNegativeBalancesRoute } from '#shared/contracts/payouts/ledger/list-negative-balances';

/** Rows of a page; the API has a thousand. */
const PARTNERS_SHOWN = 50;
const OWING_SHOWN = 100;

type Liability = z.output<(typeof getLiabilityRoute)['response']>;
type Total = Liability['totals'][number];

/**
 * What the programme owes its partners at the end of a day, paid out or not, and what they owe it. It is added up from facts, which
 * takes seconds where many months are open: the page comes at once and asks for it; without script a link does.
 */
export const showLiability = definePage({
  name: 'show-liability',
  path: `${PROGRAM_PATH}/liability`,
  access: MONEY,
  show: async (visit) => {
    const { query } = visit;
    const base = baseOf(visit);
    if (visit.wantsPart) return part(await figuresOf(visit));
    const address = `${base}/liability?${new URLSearchParams({ ...Object.fromEntries(query), added: 'yes' })}`;
    return view({
      title: 'Liability',
      lead: 'What is owed to partners: posted, on its way to them, and earned in months that are not closed.',
      body: (
        <Stack>
          <Filters action={`${base}/liability`}>
            <FilterField name="asOf" label="At the end of" type="date" value={query.get('asOf')} />
            <FilterField name="knownAt" label="As recorded by" type="date" value={query.get('knownAt')} />
          </Filters>
          {query.get('added') === 'yes' ? (
            await figuresOf(visit)
          ) : (
            <div hx-get={address} hx-trigger="load" hx-swap="outerHTML" aria-live="polite">
              <Card>
                <p>Adding up sales, refunds and terms. This can take some seconds.</p>
                <noscript>
                  <ButtonLink href={address} primary>
                    Add it up
                  </ButtonLink>
                </noscript>
              </Card>
            </div>
          )}
        </Stack>
      ),
    });
  },
});

const TOO_LONG =
  'Adding it up takes longer than one answer may, because many months are open. Close the months that are due, or choose an ' +
  'earlier day, and ask again.';

/** A function that was ended says nothing: what its reader can do is said here. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isEnded = error instanceof ApiProblem && (error.status === 503 || error.status === 504);
    throw isEnded ? new ApiProblem(422, { code: 'liability_too_large', detail: TOO_LONG }) : error;
  }
}

async function figuresOf(visit: Visit): Promise<JSX.Element> {
  const { api, programme, query, now, format } = visit;
  const params = { programId: programme.programId };
  const asOf = dayEndedBefore(query.get('asOf'), programme.timeZone, now);
  const known = dayEndedBefore(query.get('knownAt'), programme.timeZone, now);
  const knownAt = known ?? (query.get('knownAt') && asOf ? new Date(now).toISOString() : undefined);
  const [found, owing] = await Promise.all([
    orRefused(inTime(api.call(getLiabilityRoute, { params, query: { asOf, knownAt } }))),
    asOf ? undefined : api.maybe(listNegativeBalancesRoute, { params, query: { limit: OWING_SHOWN } }),
  ]);
  if (isRefused(found)) return <RefusedAlert refused={found.refused} />;
  const shown = found.partners.slice(0, PARTNERS_SHOWN);
  const names = await namesOf(visit, { partners: shown.map(({ partnerId }) => partnerId) });
  const agedCount = owing?.items.filter(({ aged }) => aged).length ?? 0;
  return (
    <Stack>
      <p class="text-secondary">
        As of <Time at={found.asOf} format={format} />
        {found.knownAt === found.asOf ? (
          ''
        ) : (
          <>
            , as it had been recorded by <Time at={found.knownAt} format={format} />
          </>
        )}
        .
      </p>
      {found.totals.length === 0 ? (
        <Card>
          <Empty icon="liability" title="Nothing is owed">
            Sales of partners add to it as soon as they are recorded, before their month is closed.
          </Empty>
        </Card>
      ) : null}
      {found.totals.map((total) => (
        <Currency key={total.currency} visit={visit} found={found} total={total} names={names} />
      ))}
      {owing && owing.items.length > 0 ? (
        <Card title="How old is what partners owe?">
          <p>
            {format.count(owing.items.length)}
            {owing.nextCursor ? ' or more' : ''} {owing.items.length === 1 ? 'balance is' : 'balances are'} below zero,{' '}
            {agedCount} of them for longer than the programme allows.{' '}
            <a href={`${baseOf(visit)}/balances/owing`}>See them by age, and write off</a>.
          </p>
        </Card>
      ) : null}
    </Stack>
  );
}

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
