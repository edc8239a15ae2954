import { EntryTable } from '#console/books/bank-reports/entry-table';
import { baseOf, MONEY } from '#console/books/books-frame';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, ButtonLink, Card, Empty, Facts, Grid, Pager, Stack, Time } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { decideBankReportRoute } from '#shared/contracts/payouts/bank-reports/decide-bank-report';
import { getBankReportRoute } from '#shared/contracts/payouts/bank-reports/get-bank-report';
import { listBankReportEntriesRoute } from '#shared/contracts/payouts/bank-reports/list-bank-report-entries';

const A_PAGE = 50;
/** Calls that one press of the button may make: a report of thousands is decided in parts. */
const MAX_CALLS = 5;
const PATH = `${PROGRAM_PATH}/bank-reports/{reportId}`;

/** One report: what each entry led to, and the decision on all that gives money back. */
export const showBankReport = definePage({
  name: 'show-bank-report',
  path: PATH,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, params, query, format } = visit;
    const base = baseOf(visit);
    const { reportId = '' } = params;
    const ids = { programId: programme.programId, reportId };
    const [report, page] = await Promise.all([
      api.call(getBankReportRoute, { params: ids }),
      api.call(listBankReportEntriesRoute, {
        params: { programId: programme.programId },
        query: { reportId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
    ]);
    const names = await namesOf(visit, { people: [report.receivedBy] });
    const waiting = page.items.filter(({ status }) => status === 'awaiting_confirmation').length;
    const confirm = { visit, action: confirmBankReport } as const;
    const decline = { visit, action: declineBankReport } as const;
    const { counts } = report;
    return view({
      title: `Report ${report.messageId}`,
      trail: [['Bank reports', `${base}/bank-reports`]],
      lead: (
        <>
          {report.kind}, sent in <Time at={report.receivedAt} format={format} /> by {names.person(report.receivedBy)}
        </>
      ),
      body: (
        <Stack>
          {report.status === 'processing' ? (
            <Alert tone="info" title="Still being worked through">
              <p>
                {format.count(report.processed)} entries are done so far. It goes on by itself; reload to see how far it
                is.
              </p>
            </Alert>
          ) : null}
          <Card title="What it led to">
            <Facts
              rows={[
                ['Booked', format.count(counts.booked)],
                ['Said nothing new', format.count(counts.noChange)],
                ['Waiting for a second person', format.count(counts.awaitingConfirmation)],
                ['Matched no payout', format.count(counts.unmatched)],
                ['Known from an earlier report', format.count(counts.alreadyKnown)],
                ['File', <code class="hash">{report.reportId}</code>],
              ]}
            />
          </Card>
          {waiting > 0 ? (
            <Grid wide>
              <Card title="Confirm all that gives money back">
                <Form {...confirm}>
                  <p>
                    Payouts of this report that the bank rejected or returned fail or come back, and their amounts are
                    owed to the partners again. Look at the entries below first. What you sent in or matched yourself
                    stays for another person.
                  </p>
                  <Field {...confirm} name="comment" label="Comment" rows={2} maxLength={1000} required={false} />
                  <Submit>Confirm all</Submit>
                </Form>
              </Card>
              <Card title="Decline">
                <Form {...decline}>
                  <p>Nothing changes. The entries are listed among those that match nothing.</p>
                  <Field {...decline} name="comment" label="Why" rows={2} maxLength={1000} required />
                  <Submit tone="plain">Decline all</Submit>
                </Form>
              </Card>
            </Grid>
          ) : null}
          <Card
            title="Entries"
            actions={
              counts.unmatched > 0 ? (
                <ButtonLink href={`${base}/bank-reports/entries`}>Match those that match nothing</ButtonLink>
              ) : null
            }
            flush
          >
            {page.items.length === 0 ? (
              <Empty icon="bank" title="No entries">
                The report names no payments.
              </Empty>
            ) : (
              <EntryTable visit={visit} items={page.items} />
            )}
            <Pager address={visit.address} nextCursor={page.nextCursor} />
          </Card>
        </Stack>
      ),
    });
  },
});

type Decision = { readonly decision: 'confirm' | 'decline'; readonly comment: string | undefined };

/** A report of thousands of entries is decided by several calls, each going on where the one before ended. */
async function decideAll(visit: Visit, body: Decision, idempotencyKey: string): Promise<string> {
  const params = { programId: visit.programme.programId, reportId: visit.params.reportId ?? '' };
  let decided = 0;
  for (let calls = 0; calls < MAX_CALLS; calls += 1) {
    const key = calls === 0 ? idempotencyKey : `${idempotencyKey}-${calls}`;
    const done = await visit.api.call(decideBankReportRoute, { params, body, idempotencyKey: key });
    decided += done.decided;
    if (!done.isDone) continue;
    const kept = done.kept > 0 ? ` ${visit.format.count(done.kept)} need yet another person.` : '';
    return `${visit.format.count(decided)} decided.${kept}`;
  }
  return `${visit.format.count(decided)} decided so far. Press the button again to go on.`;
}

export const confirmBankReport = defineAction({
  name: 'confirm-bank-report',
  path: `${PATH}/confirm`,
  access: MONEY,
  page: showBankReport,
  send: async (visit, form, key) => {
    const said = await decideAll(visit, { decision: 'confirm', comment: form.optional('comment') }, key);
    return redirect(`${baseOf(visit)}/bank-reports/${visit.params.reportId}`, said);
  },
});

export const declineBankReport = defineAction({
  name: 'decline-bank-report',
  path: `${PATH}/decline`,
  access: MONEY,
  page: showBankReport,
  send: async (visit, form, key) => {
    const said = await decideAll(visit, { decision: 'decline', comment: form.text('comment') }, key);
    return redirect(`${baseOf(visit)}/bank-reports/${visit.params.reportId}`, said);
  },
});
