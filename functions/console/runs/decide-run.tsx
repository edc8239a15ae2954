import type { JSX } from 'preact';
import { Field, Form, Submit, Tick } from '#console/ui/form';
import { Alert, ButtonLink, Card, Stack } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import {
  defineAction,
  definePage,
  mayBeDone,
  redirect,
  type View,
  type Visit,
  view,
} from '#functions/console/web/page';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/holds/list-payout-holds';
import { decidePayoutRunRoute } from '#shared/contracts/payouts/runs/decide-payout-run';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';
import { getRunReviewRoute } from '#shared/contracts/payouts/runs/get-run-review';
import { Approvals, ContentHash, WhyNot } from './run-approvals.tsx';
import { decideHref, holdsOf, partnersHref, RUN_PATH, RUN_STAFF, runHref, runsHref } from './run-paths.ts';
import { approvalSentence, countingApprovals, hashGroups, isDecided, type OwnRun, runStatus } from './run-words.ts';

/** What is approved in one sentence, by what it is compared, and the two decisions. It works without script. */
export const showDecide = definePage({
  name: 'show-decide-run',
  path: `${RUN_PATH}/decide`,
  access: RUN_STAFF,
  show: async (visit) => {
    const { api, programme, params } = visit;
    const { programId } = programme;
    const { runId = '' } = params;
    const run = await api.call(getPayoutRunRoute, { params: { programId, runId } });
    if (run.status !== 'awaiting_decision' || run.contentHash === null || isDecided(run))
      return nothingToDecide(visit, run);
    const holds = countingApprovals(run) > 0 ? run.holds : askedHolds(visit);
    const [review, standing] = await Promise.all([
      api.call(getRunReviewRoute, { params: { programId, runId }, query: { holds: holds.join(',') } }),
      api.call(listPayoutHoldsRoute, { params: { programId }, query: { state: 'in_force', limit: 200 } }),
    ]);
    const heldSince = [
      ...new Set(standing.items.filter(({ at }) => at > review.asOf).map(({ partnerId }) => partnerId)),
    ];
    const names = await namesOf(visit, {
      people: run.approvals.given.map(({ by }) => by),
      partners: [...holds, ...heldSince],
    });
    const sentence = approvalSentence(review.currencies, run.period, visit.format, canApprove(run) ? 'you' : 'anybody');
    return view({
      title: `Decide on ${visit.format.period(run.period)}`,
      trail: [
        ['Payout runs', runsHref(programId)],
        [visit.format.period(run.period), runHref(programId, runId)],
      ],
      body: (
        <Stack>
          <Changed visit={visit} run={run} sentence={sentence} />
          <WhyNot run={run} />
          <Card title="What you decide">
            <p class="decision-sentence">{sentence}</p>
            <Held visit={visit} run={run} holds={holds} heldSince={heldSince} names={names} />
            <Approvals visit={visit} run={run} names={names} />
            <ContentHash run={run} />
          </Card>
          {canApprove(run) ? <Approve visit={visit} run={run} holds={holds} sentence={sentence} names={names} /> : null}
          {run.yourDecision.mayReject ? <Reject visit={visit} run={run} sentence={sentence} /> : null}
        </Stack>
      ),
    });
  },
});

/** Also who only lacks a fresh sign-in: the form asks for it. */
function canApprove({ yourDecision: { allowed, reasons } }: OwnRun): boolean {
  return allowed || (reasons.length > 0 && reasons.every(({ code }) => code === 'login_not_fresh'));
}

/** The refused form's own, else those of the address. */
function askedHolds({ failed, query }: Visit): readonly string[] {
  if (failed?.action === 'approve-run') return [...new Set(failed.values.hold ?? [])].sort();
  return holdsOf(query);
}

function nothingToDecide(visit: Visit, run: OwnRun): View {
  const { programId } = visit.programme;
  const [, word] = runStatus(run);
  return view({
    title: `Nothing to decide on ${visit.format.period(run.period)}`,
    trail: [['Payout runs', runsHref(programId)]],
    body: (
      <Card>
        <p>
          This run is: {word.toLowerCase()}.{' '}
          {visit.failed && !mayBeDone(visit.failed) ? 'Your decision was not taken.' : ''}
        </p>
        <ButtonLink href={runHref(programId, run.runId)} primary>
          Look at the run
        </ButtonLink>
      </Card>
    ),
  });
}

/** Something else than what was on the screen: what it was, what it is, and that nothing was approved. */
function Changed({
  visit,
  run,
  sentence,
}: {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly sentence: string;
}): JSX.Element | null {
  const { failed } = visit;
  const seen = failed?.values.contentHash?.[0];
  if (!failed || !seen || seen === run.contentHash) return null;
  const was = failed.values.seen?.[0];
  return (
    <Alert tone="bad" title="The run is not what was on your screen. Nothing was decided.">
      {was && was !== sentence ? (
        <>
          <p class="mb-1">You saw: {was}</p>
          <p class="mb-1">It is now: {sentence}</p>
        </>
      ) : (
        <p class="mb-1">
          The amounts in the sentence below are the same; something behind them differs. Look at the review again.
        </p>
      )}
      <p class="mb-1">
        You saw <span class="hash">{hashGroups(seen)}</span>
      </p>
      <p class="mb-1">
        It is now <span class="hash">{hashGroups(run.contentHash ?? '')}</span>
      </p>
      <p>
        <a href={runHref(visit.programme.programId, run.runId)}>Read the review again</a> before you decide.
      </p>
    </Alert>
  );
}

type HeldProps = {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly holds: readonly string[];
  readonly heldSince: readonly string[];
  readonly names: NamesOf;
};

function Held({ visit: { format, programme }, run, holds, heldSince, names }: HeldProps): JSX.Element {
  const isFixed = countingApprovals(run) > 0;
  const { programId } = programme;
  return (
    <>
      {holds.length > 0 ? (
        <ul aria-label="Held back by this decision">
          {holds.map((partnerId) => (
            <li key={partnerId}>
              {names.partner(partnerId)} is held back; its balance stays.{' '}
              {isFixed ? null : (
                <a
                  href={decideHref(
                    programId,
                    run.runId,
                    holds.filter((id) => id !== partnerId),
                  )}
                >
                  Pay <span class="visually-hidden">{names.partner(partnerId)} </span>after all
                </a>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {heldSince.length > 0 ? (
        <p>
          Since the review was made, somebody holds the payouts of {format.list(heldSince.map(names.partner))}. They
          wait, although the amounts above count them.
        </p>
      ) : null}
      {isFixed ? null : (
        <p>
          <a href={partnersHref(programId, run.runId, { hold: holds })}>Hold a partner back in this run</a>
        </p>
      )}
    </>
  );
}

type DecisionProps = { readonly visit: Visit; readonly run: OwnRun; readonly sentence: string };

/** By what the person decides: exactly what was on the screen. */
function Seen({ run, sentence }: Pick<DecisionProps, 'run' | 'sentence'>): JSX.Element {
  return (
    <>
      <input type="hidden" name="contentHash" value={run.contentHash ?? ''} />
      <input type="hidden" name="seen" value={sentence} />
    </>
  );
}

function Approve({
  visit,
  run,
  holds,
  sentence,
  names,
}: DecisionProps & { readonly holds: readonly string[]; readonly names: NamesOf }): JSX.Element {
  const first = run.approvals.given.findLast(({ decision, voidedBy }) => decision === 'approve' && !voidedBy);
  // After a change the tick is given anew: it was for other words.
  const hasChanged =
    visit.failed?.values.contentHash?.[0] !== undefined && visit.failed.values.contentHash[0] !== run.contentHash;
  const isLast = countingApprovals(run) + 1 >= run.approvals.required;
  return (
    <Card
      title="Approve"
      lead={
        isLast
          ? 'With your approval the run is complete: it is booked and paid at once.'
          : 'Your approval is kept. Somebody else must approve before anything is paid.'
      }
    >
      <Form visit={visit} action={approveRun}>
        <Seen run={run} sentence={sentence} />
        {holds.map((id) => (
          <input key={id} type="hidden" name="hold" value={id} />
        ))}
        <Tick
          visit={hasChanged ? { ...visit, failed: undefined } : visit}
          action={approveRun}
          name="compared"
          label={
            first
              ? `I compared the words with ${names.person(first.by)}, by phone or in person`
              : 'I read the review that these words stand for, and will read them to the other approver'
          }
        />
        <Field
          visit={visit}
          action={approveRun}
          name="comment"
          label="Comment"
          required={false}
          rows={2}
          maxLength={1000}
        />
        <Submit>{isLast ? 'Approve and pay' : 'Approve'}</Submit>
      </Form>
    </Card>
  );
}

function Reject({ visit, run, sentence }: DecisionProps): JSX.Element {
  const month = visit.format.period(run.period);
  return (
    <Card title="Reject">
      <details class="reject" open={visit.failed?.action === 'reject-run'}>
        <summary>What rejecting does, and the form for it</summary>
        <ul class="mt-2">
          <li>One rejection is enough. Nobody is paid by this run, and its draft statements are void.</li>
          <li>{month} is open again: corrections can be made, and closing it again computes everything anew.</li>
          <li>It cannot be taken back; this attempt stays on record with your reason.</li>
        </ul>
        <Form visit={visit} action={rejectRun}>
          <Seen run={run} sentence={sentence} />
          <Field
            visit={visit}
            action={rejectRun}
            name="comment"
            label="Why you reject it"
            hint="Whoever opens the month again reads this."
            required
            rows={3}
            maxLength={1000}
          />
          <Submit tone="danger">Reject the run</Submit>
        </Form>
      </details>
    </Card>
  );
}

export const approveRun = defineAction({
  name: 'approve-run',
  path: `${RUN_PATH}/approve`,
  access: RUN_STAFF,
  page: showDecide,
  send: async (visit, form, idempotencyKey) => {
    const { programId } = visit.programme;
    const { runId = '' } = visit.params;
    if (!form.isOn('compared')) throw new FieldProblem('compared', 'must be ticked to approve');
    const run = await visit.api.call(decidePayoutRunRoute, {
      params: { programId, runId },
      body: {
        decision: 'approve',
        contentHash: form.text('contentHash'),
        comment: form.optional('comment'),
        holds: [...form.list('hold')],
      },
      idempotencyKey,
    });
    const missing = run.approvals.required - countingApprovals(run);
    return redirect(
      runHref(programId, runId),
      missing > 0
        ? `Your approval is kept. ${missing === 1 ? 'One more person' : `${missing} more people`} must approve.`
        : 'Approved. The run is being booked and paid.',
    );
  },
});

export const rejectRun = defineAction({
  name: 'reject-run',
  path: `${RUN_PATH}/reject`,
  access: RUN_STAFF,
  page: showDecide,
  send: async (visit, form, idempotencyKey) => {
    const { programId } = visit.programme;
    const { runId = '' } = visit.params;
    await visit.api.call(decidePayoutRunRoute, {
      params: { programId, runId },
      body: { decision: 'reject', contentHash: form.text('contentHash'), comment: form.text('comment') },
      idempotencyKey,
    });
    return redirect(runHref(programId, runId), 'Rejected. Nobody is paid, and the month is open again.');
  },
});
