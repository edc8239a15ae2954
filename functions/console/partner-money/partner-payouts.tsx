import { Alert, Badge, ButtonLink, Card, Empty, Figure, Grid, Pager, Stack, Table } from '#console/ui/parts';
import { requireOwn } from '#functions/console/web/api';
import { definePage, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { getBalanceRoute } from '#shared/contracts/payouts/ledger/get-balance';
import { getPayoutRoute } from '#shared/contracts/payouts/paying/get-payout';
import { listPayoutsRoute } from '#shared/contracts/payouts/paying/list-payouts';
import { type Payout, payoutForPartner, railName } from './payout-words.ts';

const ACCESS = ['partner', 'partner_manager', 'finance', 'approver', 'admin'] as const;
const A_PAGE = 50;

/** What a partner is owed, what waits and why, and what was paid. */
export const showPartnerPayouts = definePage({
  name: 'show-partner-payouts',
  path: `${PARTNER_PATH}/payouts`,
  access: ACCESS,
  show: async (visit) => {
    const { api, format, params, programme, query } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const [{ balances }, { items, nextCursor }] = await Promise.all([
      api.call(getBalanceRoute, { params: { programId, partnerId } }),
      api.call(listPayoutsRoute, {
        params: { programId },
        query: { partnerId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
    ]);
    const home = partnerHref(programId, partnerId);
    const blocked = balances.find(({ whatToDo }) => whatToDo !== undefined);
    return view({
      title: 'Payouts',
      lead: 'What is owed by approved statements, and each payment of it.',
      actions: <ButtonLink href={`${home}/payee`}>Payment details</ButtonLink>,
      body: (
        <Stack>
          {blocked ? (
            <Alert tone="attention" title="Nothing is paid at the moment">
              <p>
                {blocked.whatToDo} <a href={`${home}/payee`}>To the payment details</a>
              </p>
            </Alert>
          ) : null}
          <Grid>
            {balances.map(({ currency, payableMinor, reservedMinor }) => (
              <Figure
                key={currency}
                label={payableMinor < 0 ? `To be made up for (${currency})` : `Owed (${currency})`}
                value={format.amount(payableMinor, currency)}
                note={
                  payableMinor < 0
                    ? 'Refunds took back more than was earned. Coming months make up for it.'
                    : reservedMinor > 0
                      ? `${format.amount(reservedMinor, currency)} of it waits in payouts`
                      : 'by statements that were approved'
                }
              />
            ))}
          </Grid>
          <Card title="Payments" flush>
            {items.length === 0 ? (
              <Empty icon="payouts" title="No payment yet">
                The first follows the first approved statement whose amount reaches the smallest payout.
              </Empty>
            ) : (
              <Table
                caption="Payments"
                rows={items}
                keyOf={({ payoutId }) => payoutId}
                columns={[
                  {
                    label: 'Payment',
                    cell: (one: Payout) => (
                      <a href={`${home}/payouts/${encodeURIComponent(one.payoutId)}`}>{format.day(one.createdAt)}</a>
                    ),
                  },
                  {
                    label: 'Status',
                    cell: (one: Payout) => (
                      <>
                        <Badge tone={payoutForPartner(one)[0]}>{payoutForPartner(one)[1]}</Badge>
                        {one.whatToDo ? <div class="text-secondary">{one.whatToDo}</div> : null}
                      </>
                    ),
                  },
                  { label: 'By', isMinor: true, cell: ({ rail }) => (rail ? railName(rail) : '') },
                  {
                    label: 'Statement',
                    isMinor: true,
                    cell: ({ statementId }) => (
                      <a href={`${home}/statements/${encodeURIComponent(statementId)}`}>Open</a>
                    ),
                  },
                  {
                    label: 'Amount',
                    isNumber: true,
                    cell: ({ amountMinor, currency }) => format.amount(amountMinor, currency),
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={nextCursor} />
          </Card>
        </Stack>
      ),
    });
  },
});

/** One payment and every step of it. */
export const showPartnerPayout = definePage({
  name: 'show-partner-payout',
  path: `${PARTNER_PATH}/payouts/{payoutId}`,
  access: ACCESS,
  show: async ({ api, format, params, programme: { programId } }) => {
    const { partnerId = '', payoutId = '' } = params;
    const payout = await api.call(getPayoutRoute, { params: { programId, payoutId } });
    requireOwn(payout, partnerId);
    const home = partnerHref(programId, partnerId);
    const [tone, word] = payoutForPartner(payout);
    return view({
      title: `Payment of ${format.amount(payout.amountMinor, payout.currency)}`,
      trail: [['Payouts', `${home}/payouts`]],
      lead: (
        <>
          <Badge tone={tone}>{word}</Badge> For{' '}
          <a href={`${home}/statements/${encodeURIComponent(payout.statementId)}`}>its statement</a>
          {payout.rail ? `, by ${railName(payout.rail)}` : ''}.
        </>
      ),
      body: (
        <Stack>
          {payout.blocked ? (
            <Alert tone="attention" title="Why it does not go on">
              <p>{payout.blocked.whatToDo}</p>
            </Alert>
          ) : null}
          <Card title="What happened" flush>
            {payout.history.length === 0 ? (
              <Empty icon="clock" title="Nothing yet">
                It was approved on {format.day(payout.createdAt)} and is about to be sent.
              </Empty>
            ) : (
              <Table
                caption="What happened to this payment"
                rows={payout.history}
                keyOf={({ sequence }) => String(sequence)}
                columns={[
                  { label: 'When', cell: ({ at }) => <time dateTime={at}>{format.moment(at)}</time> },
                  { label: 'What', cell: ({ to }) => payoutForPartner({ ...payout, status: to })[1] },
                  { label: 'Why', cell: ({ reason }) => reason ?? '' },
                ]}
              />
            )}
          </Card>
        </Stack>
      ),
    });
  },
});
