import type { JSX } from 'preact';
import { baseOf, isRefused, MONEY, orRefused, PartnerLink, RefusedAlert, unsigned } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { ButtonLink, Card, Empty, Pager, Stack, Table, Time } from '#console/ui/parts';
import { dayBegins, dayEnds } from '#functions/console/books/day-bounds';
import {
  ACCOUNT_OPTIONS,
  accountWord,
  type Entry,
  KIND_OPTIONS,
  kindWord,
} from '#functions/console/books/journal/journal-words';
import type { Format } from '#functions/console/web/format';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listJournalEntriesRoute } from '#shared/contracts/payouts/ledger/list-journal-entries';
import { ENTRY_KINDS } from '#shared/domain/ledger/journal';

const A_PAGE = 25;

/** Every entry of the books, newest first; each opens. */
export const showJournal = definePage({
  name: 'show-journal',
  path: `${PROGRAM_PATH}/journal`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format } = visit;
    const base = baseOf(visit);
    const asked = {
      kind: ENTRY_KINDS.find((kind) => kind === query.get('kind')),
      account: query.get('account') ?? undefined,
      partnerId: query.get('partnerId') ?? undefined,
      from: dayBegins(query.get('from'), programme.timeZone),
      to: dayEnds(query.get('to'), programme.timeZone),
      order: query.get('order') === 'oldest' ? 'oldest' : 'newest',
      cursor: query.get('cursor') ?? undefined,
      limit: A_PAGE,
    } as const;
    const page = await orRefused(
      api.call(listJournalEntriesRoute, { params: { programId: programme.programId }, query: asked }),
    );
    const items = isRefused(page) ? [] : page.items;
    const names = await namesOf(visit, { partners: items.map(({ partnerId }) => partnerId) });
    return view({
      title: 'Journal',
      lead: 'Every movement of money, in double entry. Nothing here is ever changed: a correction is a new entry.',
      actions: (
        <ButtonLink href={`${base}/exports`} icon="download">
          Export
        </ButtonLink>
      ),
      body: (
        <Stack>
          <Filters action={`${base}/journal`}>
            <FilterField name="kind" label="What happened" value={query.get('kind')} options={KIND_OPTIONS} />
            <FilterField name="account" label="Account" value={query.get('account')} options={ACCOUNT_OPTIONS} />
            <FilterField name="partnerId" label="Partner id" value={query.get('partnerId')} />
            <FilterField name="from" label="From" type="date" value={query.get('from')} />
            <FilterField name="to" label="To" type="date" value={query.get('to')} />
            <FilterField
              name="order"
              label="Order"
              value={query.get('order')}
              options={[
                ['', 'Newest first'],
                ['oldest', 'Oldest first'],
              ]}
            />
          </Filters>
          {isRefused(page) ? (
            <RefusedAlert refused={page.refused} />
          ) : (
            <Card flush>
              {items.length === 0 ? (
                <Empty icon="journal" title="No entries here">
                  The journal fills when an approved payout run posts its statements, and with each payout that is sent,
                  settles or comes back.
                </Empty>
              ) : (
                <EntryTable visit={visit} items={items} names={names} format={format} />
              )}
              <Pager address={visit.address} nextCursor={page.nextCursor} />
            </Card>
          )}
        </Stack>
      ),
    });
  },
});

type Rows = {
  readonly visit: Visit;
  readonly items: readonly Entry[];
  readonly names: NamesOf;
  readonly format: Format;
};

function EntryTable({ visit, items, names, format }: Rows): JSX.Element {
  const base = baseOf(visit);
  return (
    <Table
      caption="Journal entries"
      rows={items}
      keyOf={({ entryId }) => entryId}
      columns={[
        {
          label: 'Posted',
          cell: ({ postedAt }) => (
            <span class="text-nowrap">
              <Time at={postedAt} format={format} />
            </span>
          ),
        },
        {
          label: 'What happened',
          cell: ({ entryId, kind }) => <a href={`${base}/journal/${encodeURIComponent(entryId)}`}>{kindWord(kind)}</a>,
        },
        {
          label: 'Partner',
          isMinor: true,
          cell: ({ partnerId }) => <PartnerLink visit={visit} partnerId={partnerId} names={names} />,
        },
        {
          label: 'Account',
          isMinor: true,
          cell: ({ postings }) =>
            postings.map(({ account }) => (
              <div key={account} class="text-nowrap">
                {accountWord(account, () => 'the partner')}
              </div>
            )),
        },
        { label: 'Debit', isNumber: true, cell: (entry) => amountLines(entry, format, 'debit') },
        { label: 'Credit', isNumber: true, cell: (entry) => amountLines(entry, format, 'credit') },
      ]}
    />
  );
}

/** One line a posting, so that each stands beside its account. */
export function amountLines({ postings, currency }: Entry, format: Format, side: 'debit' | 'credit'): JSX.Element[] {
  return postings.map(({ amountMinor }, at) => (
    <div key={at}>{amountMinor > 0 === (side === 'debit') ? unsigned(format, amountMinor, currency) : '\u00a0'}</div>
  ));
}
