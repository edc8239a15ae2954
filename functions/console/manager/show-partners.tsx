import type { JSX } from 'preact';
import type * as z from 'zod';
import { Computing } from '#console/manager/computing';
import { FilterField, Filters } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Pager, Table } from '#console/ui/parts';
import { definePage, part, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH, partnerHref, programHref } from '#functions/console/web/paths';
import { listPartnerHealthRoute } from '#shared/contracts/partners/overview/list-partner-health';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { HEALTH_STATUSES } from '#shared/domain/partner/health/health';
import { ACTIVITIES, counted, HEALTH, STAFF, withDays } from './manager-words.ts';
import { askAnew, EVERY } from './overview.ts';

type Listed = z.output<typeof listPartnerHealthRoute.response>;
type Row = Listed['items'][number];

const A_PAGE = 50;
const MAX_REASONS = 3;
const SORTS = [
  ['health', 'Health, the worst first'],
  ['name', 'Name'],
  ['revenue', 'Revenue this month'],
  ['last_activity', 'Last activity'],
] as const;

/** Every partner with its health and why, to be searched, narrowed and ordered. */
export const showPartners = definePage({
  name: 'show-partners',
  path: `${PROGRAM_PATH}/partners`,
  access: STAFF,
  show: async (visit) => {
    const { api, programme, query } = visit;
    const params = { programId: programme.programId };
    const base = programHref(programme.programId);
    const of = (name: string): string | undefined => query.get(name)?.trim() || undefined;
    const sort = SORTS.find(([one]) => one === of('sort'))?.[0] ?? 'health';
    const status = HEALTH_STATUSES.find((one) => one === of('status'));
    const [answer, scheme] = await Promise.all([
      api.call(listPartnerHealthRoute, {
        params,
        query: { status, tier: of('tier'), q: of('q'), sort, cursor: of('cursor'), limit: A_PAGE },
      }),
      api.maybe(getTierSchemeRoute, { params }),
    ]);
    const listed = (answer as { readonly status: string }).status === 'ready' ? answer : undefined;
    if (!listed || listed.isStale) await askAnew(visit);
    const body = <List visit={visit} listed={listed} isNarrowed={Boolean(status || of('tier') || of('q'))} />;
    if (visit.wantsPart) return part(body);
    const tiers = (scheme?.tiers ?? []).map(({ tier }): readonly [string, string] => [tier, tier]);
    return view({
      title: 'Partners',
      lead: listed && healthWords(visit, listed),
      actions: visit.may('partner_manager', 'admin') ? (
        <ButtonLink href={`${base}/partners/new`} icon="plus" primary>
          Enrol a partner
        </ButtonLink>
      ) : null,
      body: (
        <>
          <Filters action={`${base}/partners`}>
            <FilterField name="q" label="Name or id" type="search" value={of('q')} />
            <FilterField
              name="status"
              label="Health"
              value={status}
              options={[['', 'Any'], ...HEALTH_STATUSES.map((one) => [one, HEALTH[one][1]] as const)]}
            />
            <FilterField name="tier" label="Tier" value={of('tier')} options={[['', 'Any'], ...tiers]} />
            <FilterField name="sort" label="Order" value={sort} options={SORTS} />
          </Filters>
          {body}
        </>
      ),
    });
  },
});

function healthWords({ format }: Visit, { counts }: Listed): string {
  const all = HEALTH_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  const some = HEALTH_STATUSES.filter((status) => counts[status] > 0);
  const parts = some.map((status) => `${format.count(counts[status])} ${HEALTH[status][1].toLowerCase()}`);
  return `${counted(format, all, 'partner', 'partners')}${parts.length > 0 ? `: ${format.list(parts)}` : ''}`;
}

type ListProps = {
  readonly visit: Visit;
  readonly listed: Listed | undefined;
  readonly isNarrowed: boolean;
};

/** Fetches itself anew while newer rows are under way, but never takes a later page from under its reader. */
function List({ visit, listed, isNarrowed }: ListProps): JSX.Element {
  const content = listed ? (
    <Rows visit={visit} listed={listed} isNarrowed={isNarrowed} />
  ) : (
    <Computing visit={visit} icon="users" title="The list is being put together" shown="it" />
  );
  if (listed && (!listed.isStale || visit.query.has('cursor'))) return <div id="partners">{content}</div>;
  return (
    <div id="partners" hx-get={visit.address} hx-trigger={EVERY} hx-swap="outerHTML" hx-target="this">
      {content}
    </div>
  );
}

function Rows({ visit, listed, isNarrowed }: ListProps & { readonly listed: Listed }): JSX.Element {
  const { format } = visit;
  const base = programHref(visit.programme.programId);
  const mayEnrol = visit.may('partner_manager', 'admin');
  return (
    <>
      <Card flush>
        {listed.items.length === 0 ? (
          <Empty
            icon="users"
            title={isNarrowed ? 'No partner is like that' : 'There is no partner yet'}
            action={
              isNarrowed ? (
                <ButtonLink href={`${base}/partners`}>Show all partners</ButtonLink>
              ) : mayEnrol ? (
                <ButtonLink href={`${base}/partners/new`} primary>
                  Enrol the first partner
                </ButtonLink>
              ) : null
            }
          >
            {isNarrowed
              ? 'Change the search, or show all of them.'
              : 'Enrol partners yourself, or let them apply; each stands here with its health.'}
          </Empty>
        ) : (
          <PartnerTable visit={visit} rows={listed.items} />
        )}
        <Pager address={visit.address} nextCursor={listed.nextCursor} />
      </Card>
      <p class="text-secondary mt-2" role="status">
        {counted(format, listed.total, 'partner', 'partners')}
        {isNarrowed ? ' found' : ''}, as of <time dateTime={listed.asOf}>{format.moment(listed.asOf)}</time>
        {listed.isStale ? '; a newer list is being put together.' : '.'}
      </p>
    </>
  );
}

function PartnerTable({ visit, rows }: { readonly visit: Visit; readonly rows: readonly Row[] }): JSX.Element {
  const { format, programme } = visit;
  return (
    <Table
      caption="Partners"
      rows={rows}
      keyOf={({ partnerId }) => partnerId}
      columns={[
        {
          label: 'Partner',
          cell: ({ partnerId, name }) => (
            <>
              <a href={partnerHref(programme.programId, partnerId)}>{name}</a>
              {name === partnerId ? null : <div class="text-secondary text-break">{partnerId}</div>}
            </>
          ),
        },
        { label: 'Health', cell: (row) => <HealthCell row={row} visit={visit} /> },
        { label: 'Tier', isMinor: true, cell: ({ tier }) => tier ?? '–' },
        {
          label: 'Revenue this month',
          isNumber: true,
          cell: ({ revenue }) => amounts(visit, revenue, ({ monthMinor }) => monthMinor),
        },
        {
          label: 'Last month',
          isNumber: true,
          isMinor: true,
          cell: ({ revenue }) => amounts(visit, revenue, ({ beforeMinor }) => beforeMinor),
        },
        {
          label: 'Last activity',
          isMinor: true,
          cell: ({ lastActivity }) =>
            lastActivity ? (
              <>
                <time dateTime={lastActivity.at}>{format.day(lastActivity.at)}</time>
                <div class="text-secondary">{ACTIVITIES[lastActivity.kind]}</div>
              </>
            ) : (
              'Nothing yet'
            ),
        },
      ]}
    />
  );
}

/** Health in a word with the reasons in words. */
export function HealthCell({
  row: { health, reasons },
  visit: { format },
}: {
  readonly row: Pick<Row, 'health' | 'reasons'>;
  readonly visit: Visit;
}): JSX.Element {
  const more = reasons.length - MAX_REASONS;
  return (
    <>
      <Badge tone={HEALTH[health][0]}>{HEALTH[health][1]}</Badge>
      {reasons.slice(0, MAX_REASONS).map(({ code, text }) => (
        <div key={`${code} ${text}`} class="text-secondary">
          {withDays(format, text)}
        </div>
      ))}
      {more > 0 ? <div class="text-secondary">And {more === 1 ? 'one more' : `${more} more`}.</div> : null}
    </>
  );
}

/** One a line: currencies never mix. */
export function amounts(
  { format, programme }: Visit,
  revenue: Row['revenue'],
  minorOf: (one: Row['revenue'][number]) => number,
): JSX.Element {
  const rows = revenue.length > 0 ? revenue : [];
  if (rows.length === 0) return <>{format.amount(0, programme.currency)}</>;
  return (
    <>
      {rows.map((one) => (
        <div key={one.currency}>{format.amount(minorOf(one), one.currency)}</div>
      ))}
    </>
  );
}
