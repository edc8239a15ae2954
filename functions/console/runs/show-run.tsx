import type { JSX } from 'preact';
import { Icon } from '#console/ui/icons';
import { Alert, Badge, ButtonLink, Card, Stack } from '#console/ui/parts';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { type Answer, definePage, part, type Visit, view } from '#functions/console/web/page';
import { listBankFilesRoute } from '#shared/contracts/payouts/paying/list-bank-files';
import { listPayoutsRoute } from '#shared/contracts/payouts/paying/list-payouts';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';
import { getRunReviewRoute } from '#shared/contracts/payouts/runs/get-run-review';
import { Approvals, ContentHash, WhyNot } from './run-approvals.tsx';
import { decideHref, partnersHref, RUN_PATH, RUN_STAFF, runsHref } from './run-paths.ts';
import { DecidedRun, LiveRun, RunProgress } from './run-progress.tsx';
import { BankFiles, RunOutcome, RunPayouts } from './run-result.tsx';
import { Anomalies, ReviewFacts, ReviewTotals } from './run-review.tsx';
import {
  approvalSentence,
  countingApprovals,
  isComputing,
  isDecided,
  isMoving,
  namedPayouts,
  type OwnRun,
  type Review,
  runStatus,
} from './run-words.ts';

const SHOWN_PAYOUTS = 25;

/** One run: how far it is while it is computed, its review while it waits for a decision, and what became of it. */
export const showRun = definePage({
  name: 'show-run',
  path: RUN_PATH,
  access: RUN_STAFF,
  show: async (visit): Promise<Answer> => {
    const { api, programme, params } = visit;
    const { programId } = programme;
    const { runId = '' } = params;
    const run = await api.call(getPayoutRunRoute, { params: { programId, runId } });
    const body = await bodyOf(visit, run);
    if (visit.wantsPart) return part(body);
    const [tone, word] = runStatus(run);
    return view({
      title: `Payout run of ${visit.format.period(run.period)}`,
      trail: [['Payout runs', runsHref(programId)]],
      lead: isMoving(run) ? undefined : (
        <>
          <Badge tone={tone}>{word}</Badge> {run.attempt > 1 ? `Attempt ${run.attempt}` : ''}
        </>
      ),
      actions: isMoving(run) ? null : (
        <button type="button" class="btn needs-script" data-print="">
          <Icon name="print" /> <span>Print</span>
        </button>
      ),
      body,
    });
  },
});

async function bodyOf(visit: Visit, run: OwnRun): Promise<JSX.Element> {
  const { api, address } = visit;
  const params = { programId: run.programId, runId: run.runId };
  const hasReview = run.contentHash !== null;
  const isApproved = countingApprovals(run) >= run.approvals.required && run.status !== 'awaiting_decision';
  const holds = countingApprovals(run) > 0 ? run.holds.join(',') : undefined;
  const [review, files, payouts] = await Promise.all([
    hasReview ? api.maybe(getRunReviewRoute, { params, query: { holds } }) : undefined,
    isApproved ? api.maybe(listBankFilesRoute, { params }) : undefined,
    isApproved
      ? api.maybe(listPayoutsRoute, {
          params: { programId: run.programId },
          query: { runId: run.runId, limit: SHOWN_PAYOUTS },
        })
      : undefined,
  ]);
  const names = await namesOf(visit, {
    people: [
      run.openedBy,
      ...run.approvals.given.map(({ by }) => by),
      ...run.anomalies.flatMap(({ by, onBehalfOf }) => [by, onBehalfOf]),
    ],
    partners: [
      ...run.anomalies.flatMap(({ partnerId }) => partnerId ?? []),
      ...(review?.currencies.flatMap(({ largest }) => largest.map(({ partnerId }) => partnerId)) ?? []),
      ...(payouts?.items.map(({ partnerId }) => partnerId) ?? []),
      ...run.holds,
      ...run.failures.flatMap(({ reason }) => namedPayouts(reason).payouts.map(({ partnerId }) => partnerId)),
    ],
  });
  return (
    <LiveRun run={run} address={address}>
      <Stack>
        <RunOutcome visit={visit} run={run} names={names} />
        {isDecided(run) ? (
          <DecidedRun visit={visit} run={run} />
        ) : isMoving(run) ? (
          <RunProgress visit={visit} run={run} names={names} />
        ) : null}
        {run.status === 'awaiting_decision' && !isDecided(run) ? (
          <Waiting visit={visit} run={run} names={names} review={review} />
        ) : null}
        {isComputing(run) ? null : (
          <>
            {isApproved ? <BankFiles visit={visit} run={run} files={files?.items ?? []} /> : null}
            {isApproved && payouts ? (
              <RunPayouts
                visit={visit}
                run={run}
                names={names}
                payouts={payouts.items}
                hasMore={payouts.nextCursor !== undefined}
              />
            ) : null}
            {hasReview ? <Anomalies visit={visit} run={run} names={names} /> : null}
            {run.holds.length > 0 && run.status !== 'awaiting_decision' ? (
              <Alert tone="info">
                <p>
                  {visit.format.list(run.holds.map(names.partner))} {run.holds.length === 1 ? 'was' : 'were'} held back
                  by the decision. What is owed stays, and the next month opens with it.
                </p>
              </Alert>
            ) : null}
            {review ? <ReviewTotals visit={visit} run={run} names={names} review={review} /> : null}
            {(run.status === 'awaiting_decision' && !isDecided(run)) || run.approvals.given.length === 0 ? null : (
              <Card title="Who decided">
                <Approvals visit={visit} run={run} names={names} />
                <ContentHash run={run} />
              </Card>
            )}
            {review ? <ReviewFacts visit={visit} run={run} names={names} review={review} /> : null}
          </>
        )}
      </Stack>
    </LiveRun>
  );
}

/** What waits for a decision, in a sentence, with what has been decided so far and the way to decide. */
function Waiting({
  visit,
  run,
  names,
  review,
}: {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly names: NamesOf;
  readonly review: Review | undefined;
}): JSX.Element {
  const { programId } = visit.programme;
  const { allowed, mayReject } = run.yourDecision;
  return (
    <Card
      title="What an approval does"
      actions={
        <>
          <ButtonLink href={partnersHref(programId, run.runId)} icon="users">
            Partners in this run
          </ButtonLink>
          {allowed || mayReject ? (
            <ButtonLink href={decideHref(programId, run.runId)} primary>
              {allowed ? 'Approve or reject' : 'Decide'}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {review ? (
        <p class="decision-sentence">{approvalSentence(review.currencies, run.period, visit.format, 'anybody')}</p>
      ) : null}
      {run.holds.length > 0 ? (
        <p>The first approver holds back {visit.format.list(run.holds.map(names.partner))}.</p>
      ) : null}
      <Approvals visit={visit} run={run} names={names} />
      <WhyNot run={run} />
      <ContentHash run={run} />
      {review ? null : (
        <Alert tone="info">
          <p>This run was computed before reviews were kept: read its statements and its totals.</p>
        </Alert>
      )}
    </Card>
  );
}
