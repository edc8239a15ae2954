import { BOOKKEEPERS, baseOf, MONEY } from '#console/books/books-frame';
import { Form, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Pager, Stack, Table, Tabs, Time } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listBankReportsRoute } from '#shared/contracts/payouts/bank-reports/list-bank-reports';
import { receiveBankReportRoute } from '#shared/contracts/payouts/bank-reports/receive-bank-report';

const A_PAGE = 25;
const PATH = `${PROGRAM_PATH}/bank-reports`;

export const bankTabs = (base: string, current: 'reports' | 'unmatched' | 'awaiting' | 'handled') => (
  <Tabs
    label="Bank reports"
    tabs={[
      ['Reports', `${base}/bank-reports`, current === 'reports'],
      ['Matches no payout', `${base}/bank-reports/entries`, current === 'unmatched'],
      [
        'Waiting for a second person',
        `${base}/bank-reports/entries?status=awaiting_confirmation`,
        current === 'awaiting',
      ],
      ['Handled', `${base}/bank-reports/entries?status=handled`, current === 'handled'],
    ]}
  />
);

/** What the bank says of payouts: send a file in, and see what each led to. */
export const showBankReports = definePage({
  name: 'show-bank-reports',
  path: PATH,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format, failed } = visit;
    const base = baseOf(visit);
    const page = await api.call(listBankReportsRoute, {
      params: { programId: programme.programId },
      query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const names = await namesOf(visit, { people: page.items.map(({ receivedBy }) => receivedBy) });
    const fault = failed?.action === 'receive-bank-report' ? failed.fields.file : undefined;
    return view({
      title: 'Bank reports',
      lead: 'What the bank answers to your payment files. Payments it booked settle at once; what gives money back waits for a second person.',
      body: (
        <Stack>
          {bankTabs(base, 'reports')}
          {visit.may(...BOOKKEEPERS) ? (
            <Card title="Send in a report">
              <Form visit={visit} action={receiveBankReport} hasFile>
                <div class="field">
                  <label class="form-label" for="bank-file">
                    File of the bank
                  </label>
                  <input
                    id="bank-file"
                    type="file"
                    name="file"
                    class={fault ? 'form-control is-invalid' : 'form-control'}
                    accept=".xml,.txt,.ach,.gz"
                    aria-describedby={fault ? 'bank-file-fault bank-file-hint' : 'bank-file-hint'}
                  />
                  {fault ? (
                    <div id="bank-file-fault" class="invalid-feedback d-block">
                      {fault}
                    </div>
                  ) : null}
                  <div id="bank-file-hint" class="form-hint">
                    As the bank gives it: pain.002, camt.053, camt.054 or a NACHA return file, also as .gz. The same
                    file twice changes nothing.
                  </div>
                </div>
                <Submit>Send in</Submit>
              </Form>
            </Card>
          ) : null}
          <Card title="Reports" flush>
            {page.items.length === 0 ? (
              <Empty icon="bank" title="No reports yet">
                Once a bank file was sent, the bank’s answers say which payouts arrived. Send them in above.
              </Empty>
            ) : (
              <Table
                caption="Bank reports"
                rows={page.items}
                keyOf={({ reportId }) => reportId}
                columns={[
                  {
                    label: 'Report',
                    cell: ({ reportId, kind, messageId }) => (
                      <>
                        <a href={`${base}/bank-reports/${reportId}`}>{messageId}</a>
                        <div class="text-secondary">{kind}</div>
                      </>
                    ),
                  },
                  { label: 'Received', cell: ({ receivedAt }) => <Time at={receivedAt} format={format} /> },
                  { label: 'By', isMinor: true, cell: ({ receivedBy }) => names.person(receivedBy) },
                  { label: 'Booked', isNumber: true, isMinor: true, cell: ({ counts }) => format.count(counts.booked) },
                  {
                    label: 'Matched nothing',
                    isNumber: true,
                    isMinor: true,
                    cell: ({ counts }) => format.count(counts.unmatched),
                  },
                  {
                    label: 'State',
                    cell: ({ status, counts }) =>
                      status === 'processing' ? (
                        <Badge tone="info">Being worked through</Badge>
                      ) : counts.unmatched + counts.awaitingConfirmation > 0 ? (
                        <Badge tone="attention">Left something to look at</Badge>
                      ) : (
                        <Badge tone="good">All clear</Badge>
                      ),
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={page.nextCursor} />
          </Card>
        </Stack>
      ),
    });
  },
});

export const receiveBankReport = defineAction({
  name: 'receive-bank-report',
  path: PATH,
  access: BOOKKEEPERS,
  page: showBankReports,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme, format } = visit;
    const file = await form.file('file');
    if (!file) throw new FieldProblem('file', 'must be a file that the bank gave you');
    const call = { params: { programId: programme.programId }, idempotencyKey };
    const { reportId, counts } = await api.upload(receiveBankReportRoute, call, {
      type: typeOf(file.bytes),
      bytes: file.bytes,
    });
    const said = [
      `${format.count(counts.booked)} booked`,
      `${format.count(counts.awaitingConfirmation)} waiting for a second person`,
      `${format.count(counts.unmatched)} matching nothing`,
    ];
    return redirect(`${baseOf(visit)}/bank-reports/${reportId}`, `Received: ${format.list(said)}.`);
  },
});

/** By what a file begins with: browsers name the types of such files as they like. */
function typeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'application/gzip';
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).replace('\ufeff', '').trimStart();
  return start.startsWith('<') ? 'application/xml' : 'text/plain';
}
