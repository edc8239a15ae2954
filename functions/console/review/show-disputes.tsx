import { Badge, Card, Empty, Pager, Stack, Table, Tabs, Time } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { listDisputesRoute } from '#shared/contracts/partners/list-disputes';
import { DISPUTE_STATUSES } from '#shared/domain/partner/dispute';
import { BASE, DISPUTE_STATES, KINDS, STAFF } from './review-words.ts';

const A_PAGE = 25;
const TABS = [
  ['', 'To answer'],
  ['decided', 'Being carried out'],
  ['carried_out', 'Made good'],
  ['declined', 'Declined'],
  ['withdrawn', 'Taken back'],
] as const;

/** Disputes of partners: what is to be answered first, the most urgent at the head. */
export const showDisputes = definePage({
  name: 'show-disputes',
  path: `${BASE}/disputes`,
  access: STAFF,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const base = `/console/programs/${programme.programId}/disputes`;
    const status = DISPUTE_STATUSES.find((one) => one === query.get('status'));
    const { items, nextCursor } = await api.call(listDisputesRoute, {
      params: { programId: programme.programId },
      query: { status, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const names = await namesOf(visit, { partners: items.map(({ partnerId }) => partnerId) });
    return view({
      title: 'Disputes',
      lead: 'Where a partner says that a commission is missing or wrong. Answer before the day it was promised.',
      body: (
        <Stack>
          <div>
            <Tabs
              label="Disputes by state"
              tabs={TABS.map(([one, label]) => [
                label,
                one === '' ? base : `${base}?status=${one}`,
                one === (status ?? ''),
              ])}
            />
            <Card flush>
              {items.length === 0 ? (
                <Empty icon="disputes" title={status ? 'There is none' : 'Nothing waits for an answer'}>
                  {status
                    ? 'Disputes in this state appear here.'
                    : 'Partners file disputes from their sales and statements.'}
                </Empty>
              ) : (
                <Table
                  caption="Disputes"
                  rows={items}
                  keyOf={({ disputeId }) => disputeId}
                  columns={[
                    {
                      label: 'Dispute',
                      cell: (one) => (
                        <>
                          <a href={`${base}/${encodeURIComponent(one.disputeId)}`}>Order {one.orderId}</a>
                          <div class="text-secondary">{names.partner(one.partnerId)}</div>
                        </>
                      ),
                    },
                    { label: 'Claim', cell: ({ kind }) => KINDS[kind] },
                    {
                      label: 'Expected',
                      isNumber: true,
                      isMinor: true,
                      cell: ({ expected }) => (expected ? format.amount(expected.amountMinor, expected.currency) : '–'),
                    },
                    {
                      label: 'State',
                      cell: (one) => (
                        <>
                          <Badge tone={DISPUTE_STATES[one.status][0]}>{DISPUTE_STATES[one.status][1]}</Badge>
                          {one.status === 'open' || one.status === 'escalated' ? (
                            <div class="text-secondary">
                              by <Time at={one.answerBy} format={format} as="day" />
                            </div>
                          ) : null}
                        </>
                      ),
                    },
                  ]}
                />
              )}
              <Pager address={visit.address} nextCursor={nextCursor} />
            </Card>
          </div>
        </Stack>
      ),
    });
  },
});
