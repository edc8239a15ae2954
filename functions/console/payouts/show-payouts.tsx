import type { JSX } from 'preact';
import { FilterField, Filters } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Empty, Pager, Table, Tabs } from '#console/ui/parts';
import { railWord } from '#functions/console/runs/run-words';
import { programmeBase } from '#functions/console/statements/statement-paths';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { listPayoutResolutionsRoute } from '#shared/contracts/payouts/paying/list-payout-resolutions';
import { listPayoutsRoute } from '#shared/contracts/payouts/paying/list-payouts';
import { PAYOUT_TABS, type Payout, payoutStatus, resolvedWord } from './payout-words.ts';

export const PAYOUT_STAFF = ['admin', 'finance', 'approver', 'partner_manager'] as const;
const A_PAGE = 50;
const MAX_PROPOSALS = 20;

/** Every payout by state, those that need somebody first. */
export const showPayouts = definePage({
  name: 'show-payouts',
  path: '/console/programs/{programId}/payouts',
  access: PAYOUT_STAFF,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const base = programmeBase(programId);
    const [status, , none] =
      PAYOUT_TABS.find(([one]) => one !== undefined && one === query.get('status')) ?? PAYOUT_TABS[0];
    const partnerId = query.get('partnerId')?.trim() || undefined;
    const runId = query.get('runId')?.trim() || undefined;
    const [{ items, nextCursor }, proposals] = await Promise.all([
      api.call(listPayoutsRoute, {
        params: { programId },
        query: { status, partnerId, runId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
      visit.may('admin', 'finance', 'approver')
        ? api.maybe(listPayoutResolutionsRoute, {
            params: { programId },
            query: { status: 'proposed', limit: MAX_PROPOSALS },
          })
        : undefined,
    ]);
    const names = await namesOf(visit, {
      partners: [...items, ...(proposals?.items ?? [])].map((one) => one.partnerId),
      people: proposals?.items.map(({ proposedBy }) => proposedBy) ?? [],
    });
    const tab = (to: string | undefined): string => {
      const search = new URLSearchParams(
        Object.entries({ status: to, partnerId, runId }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      );
      return search.size > 0 ? `${base}/payouts?${search}` : `${base}/payouts`;
    };
    const isFiltered = partnerId !== undefined || runId !== undefined;
    return view({
      title: 'Payouts',
      lead: 'One payment to one partner each. Those without an answer, refused or sent back are the ones that need somebody.',
      actions: (
        <ButtonLink href={`${base}/payout-holds`} icon="pause">
          Held payouts
        </ButtonLink>
      ),
      body: (
        <>
          {proposals && proposals.items.length > 0 ? (
            <Alert tone="attention" title="A second person is needed">
              <ul class="mb-0">
                {proposals.items.map(
                  ({ resolutionId, payoutId, partnerId: of, outcome, amountMinor, currency, proposedBy }) => (
                    <li key={resolutionId}>
                      <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>
                        {names.partner(of)}, {format.amount(amountMinor, currency)}
                      </a>
                      : {names.person(proposedBy)} says “{resolvedWord(outcome).toLowerCase()}”
                    </li>
                  ),
                )}
              </ul>
            </Alert>
          ) : null}
          <Tabs label="Payouts by state" tabs={PAYOUT_TABS.map(([one, word]) => [word, tab(one), one === status])} />
          <Filters action={`${base}/payouts`}>
            {status ? <input type="hidden" name="status" value={status} /> : null}
            <FilterField name="partnerId" label="Partner id" type="search" value={partnerId} />
            <FilterField name="runId" label="Run, such as 2026-01.1" type="search" value={runId} />
          </Filters>
          <Card flush>
            {items.length === 0 ? (
              <Empty icon="payouts" title={isFiltered ? 'No payout matches' : 'None'}>
                {isFiltered ? 'Check the ids, or show all.' : none}
              </Empty>
            ) : (
              <Payouts items={items} base={base} visit={visit} names={names} />
            )}
            <Pager address={visit.address} nextCursor={nextCursor} />
          </Card>
        </>
      ),
    });
  },
});

function Payouts({
  items,
  base,
  visit: { format },
  names,
}: {
  readonly items: readonly Payout[];
  readonly base: string;
  readonly visit: { readonly format: Parameters<typeof showPayouts.show>[0]['format'] };
  readonly names: Awaited<ReturnType<typeof namesOf>>;
}): JSX.Element {
  return (
    <Table
      caption="Payouts"
      rows={items}
      keyOf={({ payoutId }) => payoutId}
      columns={[
        {
          label: 'Partner',
          cell: ({ payoutId, partnerId }) => (
            <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>{names.partner(partnerId)}</a>
          ),
        },
        {
          label: 'Status',
          cell: (payout) => {
            const [tone, word] = payoutStatus(payout);
            return (
              <>
                <Badge tone={tone}>{word}</Badge>
                {payout.reason ? <div class="text-secondary">{payout.reason}</div> : null}
                {payout.waitsFor ? <div class="text-secondary">Goes with the next approved run</div> : null}
              </>
            );
          },
        },
        {
          label: 'Run',
          isMinor: true,
          cell: ({ runId }) => <a href={`${base}/runs/${encodeURIComponent(runId)}`}>{runId}</a>,
        },
        { label: 'Paid by', isMinor: true, cell: ({ rail }) => (rail ? railWord(rail) : '') },
        { label: 'Changed', isMinor: true, cell: ({ updatedAt }) => format.day(updatedAt) },
        { label: 'Amount', isNumber: true, cell: ({ amountMinor, currency }) => format.amount(amountMinor, currency) },
      ]}
    />
  );
}
