import type { JSX } from 'preact';
import { Alert, Badge, ButtonLink, Card, Empty, Pager, Stack, Table } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { listPayoutRunsRoute } from '#shared/contracts/payouts/runs/list-payout-runs';
import { type DueMonth, dueMonth } from './due-month.ts';
import { RUN_STAFF, runHref, runsHref } from './run-paths.ts';
import { runStatus } from './run-words.ts';

const A_PAGE = 25;

/** Every payout run, and which month is due. */
export const showRuns = definePage({
  name: 'show-runs',
  path: '/console/programs/{programId}/runs',
  access: RUN_STAFF,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const cursor = query.get('cursor') ?? undefined;
    const [program, { items, nextCursor }] = await Promise.all([
      api.call(getProgramRoute, { params: { programId } }),
      api.call(listPayoutRunsRoute, { params: { programId }, query: { cursor, limit: A_PAGE } }),
    ]);
    const due = cursor === undefined ? dueMonth(program.closedThrough, items[0], visit) : undefined;
    const names = await namesOf(visit, { people: items.flatMap((run) => run.approvals.given.map(({ by }) => by)) });
    return view({
      title: 'Payout runs',
      lead: 'Each month is closed, computed, approved and paid. Nothing is paid that people have not approved.',
      actions:
        due?.state === 'ready' || due?.state === 'resumes' ? (
          <ButtonLink href={`${runsHref(programId)}/open`} primary icon="play">
            {due.state === 'resumes' ? 'Continue' : 'Close'} {format.period(due.period)}
          </ButtonLink>
        ) : null,
      body: (
        <Stack>
          {due ? <Due visit={visit} due={due} /> : null}
          <Card title="All runs" flush>
            {items.length === 0 ? (
              <Empty icon="runs" title="No run yet">
                The first run closes the first month of the books. It computes what every partner earned; nobody is paid
                before people have approved it.
              </Empty>
            ) : (
              <Table
                caption="Payout runs, newest first"
                rows={items}
                keyOf={({ runId }) => runId}
                columns={[
                  {
                    label: 'Month',
                    cell: (run) => (
                      <>
                        <a href={runHref(programId, run.runId)}>{format.period(run.period)}</a>
                        {run.attempt > 1 ? <span class="text-secondary"> attempt {run.attempt}</span> : null}
                      </>
                    ),
                  },
                  {
                    label: 'Status',
                    cell: (run) => {
                      const [tone, word] = runStatus(run);
                      return <Badge tone={tone}>{word}</Badge>;
                    },
                  },
                  {
                    label: 'Partners',
                    isNumber: true,
                    isMinor: true,
                    cell: ({ totals }) => lines(totals.map(({ partners }) => format.count(partners))),
                  },
                  {
                    label: 'Earned',
                    isNumber: true,
                    isMinor: true,
                    cell: ({ totals }) => lines(totals.map((one) => format.amount(one.earnedMinor, one.currency))),
                  },
                  {
                    label: 'Payable',
                    isNumber: true,
                    cell: ({ totals }) => lines(totals.map((one) => format.amount(one.payableMinor, one.currency))),
                  },
                  {
                    label: 'Decided by',
                    isMinor: true,
                    cell: ({ approvals }) => format.list(approvals.given.map(({ by }) => names.person(by))),
                  },
                  { label: 'Opened', isMinor: true, cell: ({ openedAt }) => format.day(openedAt) },
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

/** A run with several currencies has a line for each. */
const lines = (values: readonly string[]): JSX.Element => (
  <>
    {values.map((value, at) => (
      <div key={at}>{value}</div>
    ))}
  </>
);

function Due({ visit, due }: { readonly visit: Visit; readonly due: DueMonth }): JSX.Element {
  const { format, programme } = visit;
  const month = format.period(due.period);
  if (due.state === 'blocked' && due.run) {
    const [tone, word] = runStatus(due.run);
    return (
      <Alert tone={tone} title={`${format.period(due.run.period)}: ${word.toLowerCase()}`}>
        <p>
          <a href={runHref(programme.programId, due.run.runId)}>Look at the run</a>. {month} can be closed once it is
          paid.
        </p>
      </Alert>
    );
  }
  if (due.state === 'resumes' && due.run) {
    return (
      <Alert tone="bad" title={`The run of ${month} stopped after it was approved`}>
        <p>
          <a href={runHref(programme.programId, due.run.runId)}>See why</a>. Continue it once the cause is mended: what
          was handed over is not handed over again.
        </p>
      </Alert>
    );
  }
  if (due.state === 'ready') {
    return (
      <Alert tone="attention" title={`${month} is due`}>
        <p>The month is over. Close it to compute what every partner is paid.</p>
      </Alert>
    );
  }
  return (
    <Alert tone="plain" title={`Next: ${month}`}>
      <p>It can be closed when it is over, from the first day of the month after in the programme’s time zone.</p>
    </Alert>
  );
}
