import { Form, Submit } from '#console/ui/form';
import { Alert, ButtonLink, Card, Stack } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { listPayoutRunsRoute } from '#shared/contracts/payouts/runs/list-payout-runs';
import { openPayoutRunRoute } from '#shared/contracts/payouts/runs/open-payout-run';
import { dueMonth } from './due-month.ts';
import { RUN_STAFF, runHref, runsHref } from './run-paths.ts';

const PATH = '/console/programs/{programId}/runs/open';

/** What closing a month does, before the button that does it. */
export const showOpenRun = definePage({
  name: 'show-open-run',
  path: PATH,
  access: RUN_STAFF,
  show: async (visit) => {
    const { api, format, programme, failed } = visit;
    const { programId } = programme;
    const [program, { items }] = await Promise.all([
      api.call(getProgramRoute, { params: { programId } }),
      api.call(listPayoutRunsRoute, { params: { programId }, query: { limit: 1 } }),
    ]);
    const due = dueMonth(program.closedThrough, items[0], visit);
    const month = format.period(due.period);
    const resumes = due.state === 'resumes';
    const canOpen = due.state === 'ready' || resumes;
    return view({
      title: resumes ? `Continue the run of ${month}` : `Close ${month}`,
      trail: [['Payout runs', runsHref(programId)]],
      body: (
        <Stack>
          {canOpen ? null : (
            <Alert
              tone="info"
              title={due.state === 'blocked' ? 'Another run is not over yet' : `${month} is not over yet`}
            >
              <p>
                {due.run ? (
                  <a href={runHref(programId, due.run.runId)}>The run of {format.period(due.run.period)}</a>
                ) : (
                  'It can be closed from the first day of the month after, in the programme’s time zone.'
                )}
                {due.run ? ' must be decided and paid first: its balances are what this month opens with.' : ''}
              </p>
            </Alert>
          )}
          <Card title={resumes ? 'What continuing does' : 'What closing does'}>
            {resumes ? (
              <ul>
                <li>The approval stands; nobody has to approve again.</li>
                <li>Booking and paying go on where they stopped. What was handed over is not handed over again.</li>
              </ul>
            ) : (
              <ul>
                <li>
                  <strong>The books of {month} are closed.</strong> Sales, refunds and corrections that are recorded
                  from now on count for a later month.
                </li>
                <li>
                  <strong>Every partner’s statement is computed</strong> from what was recorded, and compared with the
                  month before.
                </li>
                <li>
                  <strong>Nobody is paid yet.</strong> {approvers(program.approvals.required)} must approve what they
                  see. You open the run, so you cannot be one of them.
                </li>
                <li>
                  <strong>It can be undone.</strong> Rejecting the run voids its drafts and opens {month} again.
                </li>
              </ul>
            )}
            <Form visit={visit} action={openRun}>
              <input type="hidden" name="period" value={due.period} />
              {failed?.code === 'run_already_open' || failed?.code === 'period_not_due' ? (
                <p class="mb-0">
                  <a href={runsHref(programId)}>Look at the runs</a>: somebody else was faster, or another month is due
                  now. This page shows the month that is due.
                </p>
              ) : null}
              {canOpen ? (
                <div class="btn-list">
                  <Submit>{resumes ? 'Continue the run' : `Close ${month} and compute`}</Submit>
                  <ButtonLink href={runsHref(programId)}>Not now</ButtonLink>
                </div>
              ) : null}
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

const approvers = (count: number): string =>
  count === 1 ? 'One person' : count === 2 ? 'Two people' : `${count} people`;

export const openRun = defineAction({
  name: 'open-run',
  path: PATH,
  access: RUN_STAFF,
  page: showOpenRun,
  send: async (visit, form, idempotencyKey) => {
    const { programId } = visit.programme;
    try {
      const { runId } = await visit.api.call(openPayoutRunRoute, {
        params: { programId },
        body: { period: form.text('period') },
        idempotencyKey,
      });
      return redirect(runHref(programId, runId));
    } catch (error) {
      // Somebody else opened it a moment ago: its page is where one wants to be.
      const runId = error instanceof ApiProblem && error.code === 'run_already_open' ? error.more.runId : undefined;
      if (typeof runId === 'string' && runId.startsWith(`${form.text('period')}.`)) {
        return redirect(runHref(programId, runId), 'This month has a run already: here it is.');
      }
      throw error;
    }
  },
});
