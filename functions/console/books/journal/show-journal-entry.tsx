import { baseOf, MONEY, PartnerLink, unsigned } from '#console/books/books-frame';
import { Card, Facts, Stack, Table, Time } from '#console/ui/parts';
import { accountMeaning, accountWord, kindMeaning, kindWord } from '#functions/console/books/journal/journal-words';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listAdjustmentsRoute } from '#shared/contracts/payouts/adjustments/list-adjustments';
import { getJournalEntryRoute } from '#shared/contracts/payouts/ledger/get-journal-entry';
import { parseRunId, parseStatementId } from '#shared/domain/ledger/money-ids';

const ADJUSTMENTS_SHOWN = 20;

/** One entry: its postings, what led to it, and what took it back. */
export const showJournalEntry = definePage({
  name: 'show-journal-entry',
  path: `${PROGRAM_PATH}/journal/{entryId}`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, params, format } = visit;
    const { programId } = programme;
    const { entryId = '' } = params;
    const base = baseOf(visit);
    const entry = await api.call(getJournalEntryRoute, { params: { programId, entryId } });
    const { statementId, payoutId, reverses } = entry.links;
    const runId = statementId === undefined ? undefined : parseStatementId(statementId)?.runId;
    const period = runId === undefined ? undefined : parseRunId(runId)?.period;
    const [names, adjustments] = await Promise.all([
      namesOf(visit, { partners: [entry.partnerId] }),
      entry.kind === 'statement' && period !== undefined
        ? api.maybe(listAdjustmentsRoute, {
            params: { programId },
            query: { period, partnerId: entry.partnerId, status: 'recorded', limit: ADJUSTMENTS_SHOWN },
          })
        : undefined,
    ]);
    const own = (adjustments?.items ?? []).filter(({ currency }) => currency === entry.currency);
    const entryLink = (id: string) => <a href={`${base}/journal/${encodeURIComponent(id)}`}>{id}</a>;
    return view({
      title: kindWord(entry.kind),
      trail: [['Journal', `${base}/journal`]],
      lead: kindMeaning(entry.kind),
      body: (
        <Stack>
          <Card title="Postings" lead="Debits and credits of an entry are always equal." flush>
            <Table
              caption="Postings"
              rows={entry.postings}
              keyOf={({ account }) => account}
              columns={[
                {
                  label: 'Account',
                  cell: ({ account }) => (
                    <>
                      {accountWord(account, names.partner)}
                      <div class="text-secondary">{accountMeaning(account)}</div>
                    </>
                  ),
                },
                { label: 'Name in exports', isMinor: true, cell: ({ account }) => <code>{account}</code> },
                {
                  label: 'Debit',
                  isNumber: true,
                  cell: ({ amountMinor }) => (amountMinor > 0 ? unsigned(format, amountMinor, entry.currency) : ''),
                },
                {
                  label: 'Credit',
                  isNumber: true,
                  cell: ({ amountMinor }) => (amountMinor < 0 ? unsigned(format, amountMinor, entry.currency) : ''),
                },
              ]}
            />
          </Card>
          <Card title="Where it comes from">
            <Facts
              rows={[
                ['Partner', <PartnerLink visit={visit} partnerId={entry.partnerId} names={names} />],
                ['Posted', <Time at={entry.postedAt} format={format} />],
                [
                  'Statement',
                  statementId && <a href={`${base}/statements/${encodeURIComponent(statementId)}`}>{statementId}</a>,
                ],
                ['Payout', payoutId && <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>{payoutId}</a>],
                ['Payout run', runId && <a href={`${base}/runs/${runId}`}>{period ? format.period(period) : runId}</a>],
                ['Takes back', reverses && entryLink(reverses)],
                ['Taken back by', entry.reversedBy && entryLink(entry.reversedBy)],
                ['Description', entry.description],
                ['Entry', <code class="hash">{entry.entryId}</code>],
              ]}
            />
          </Card>
          {own.length > 0 ? (
            <Card title="Adjustments in this statement" flush>
              <Table
                caption="Adjustments in this statement"
                rows={own}
                keyOf={({ adjustmentId }) => adjustmentId}
                columns={[
                  {
                    label: 'Reason',
                    cell: ({ adjustmentId, reason }) => (
                      <a href={`${base}/adjustments/${encodeURIComponent(adjustmentId)}`}>{reason}</a>
                    ),
                  },
                  {
                    label: 'Amount',
                    isNumber: true,
                    cell: ({ amountMinor, currency }) => format.change(amountMinor, currency),
                  },
                ]}
              />
            </Card>
          ) : null}
        </Stack>
      ),
    });
  },
});
