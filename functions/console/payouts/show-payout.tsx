import type { JSX } from 'preact';
import { Choices, Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Facts, Stack } from '#console/ui/parts';
import { railWord } from '#functions/console/runs/run-words';
import { programmeBase, statementHref } from '#functions/console/statements/statement-paths';
import { FieldProblem } from '#functions/console/web/form';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { askRailRoute } from '#shared/contracts/payouts/paying/ask-rail';
import { decidePayoutResolutionRoute } from '#shared/contracts/payouts/paying/decide-payout-resolution';
import { getPayoutRoute } from '#shared/contracts/payouts/paying/get-payout';
import { proposePayoutResolutionRoute } from '#shared/contracts/payouts/paying/propose-payout-resolution';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import { RESOLVED_OUTCOMES } from '#shared/domain/ledger/payout-resolution';
import {
  answerWord,
  canAskRail,
  canResolve,
  payoutStatus,
  RESOLVED_OPTIONS,
  type Resolution,
  resolvedMeaning,
  resolvedWord,
  type ShownPayout,
  statusMeaning,
  statusWord,
  stepWord,
} from './payout-words.ts';
import { PAYOUT_STAFF } from './show-payouts.tsx';

const PATH = '/console/programs/{programId}/payouts/{payoutId}';

/** One payout: what it waits for and what to do, everything that happened to it, and what people say became of it. */
export const showPayout = definePage({
  name: 'show-payout',
  path: PATH,
  access: PAYOUT_STAFF,
  show: async (visit) => {
    const { api, format, programme, params } = visit;
    const { programId } = programme;
    const { payoutId = '' } = params;
    const base = programmeBase(programId);
    const payout = await api.call(getPayoutRoute, { params: { programId, payoutId } });
    const names = await namesOf(visit, {
      partners: [payout.partnerId],
      people: [
        ...payout.history.flatMap(({ by, evidence }) => [by, evidence?.proposedBy]),
        ...payout.resolutions.flatMap(({ proposedBy, onBehalfOf, decision }) => [proposedBy, onBehalfOf, decision?.by]),
      ],
    });
    const [tone, word] = payoutStatus(payout);
    const mayAct = visit.may('admin', 'finance');
    const isOpen = payout.resolutions.some(({ status }) => status === 'proposed');
    return view({
      title: `${format.amount(payout.amountMinor, payout.currency)} to ${names.partner(payout.partnerId)}`,
      trail: [['Payouts', `${base}/payouts`]],
      lead: (
        <>
          <Badge tone={tone}>{word}</Badge> {statusMeaning(payout.status)}
        </>
      ),
      actions:
        mayAct && canAskRail(payout) && payout.rail ? (
          <Form visit={visit} action={askRail} inline>
            <Submit tone={payout.status === 'unknown' ? 'primary' : 'plain'}>Ask {railWord(payout.rail)}</Submit>
          </Form>
        ) : null,
      body: (
        <Stack>
          {payout.blocked ? (
            <Alert tone="attention" title="What to do">
              <p>{payout.blocked.whatToDo}</p>
            </Alert>
          ) : null}
          {payout.resolutions
            .filter(({ status }) => status === 'proposed')
            .map((resolution) => (
              <Proposal
                key={resolution.resolutionId}
                visit={visit}
                payout={payout}
                resolution={resolution}
                names={names}
              />
            ))}
          <Particulars visit={visit} payout={payout} names={names} base={base} />
          <History visit={visit} payout={payout} names={names} base={base} />
          <Decided visit={visit} payout={payout} names={names} />
          {mayAct && canResolve(payout) && !isOpen ? <Propose visit={visit} payout={payout} /> : null}
        </Stack>
      ),
    });
  },
});

type Props = { readonly visit: Visit; readonly payout: ShownPayout; readonly names: NamesOf };

function Particulars({
  visit: { format, programme },
  payout,
  names,
  base,
}: Props & { readonly base: string }): JSX.Element {
  const { programId } = programme;
  return (
    <Card
      title="Particulars"
      actions={
        <ButtonLink href={statementHref(programId, payout.statementId)} icon="statements">
          Statement
        </ButtonLink>
      }
    >
      <Facts
        rows={[
          [
            'Partner',
            <a key="p" href={`${base}/partners/${encodeURIComponent(payout.partnerId)}`}>
              {names.partner(payout.partnerId)}
            </a>,
          ],
          ['Amount', format.amount(payout.amountMinor, payout.currency)],
          [
            'Earned in run',
            <a key="r" href={`${base}/runs/${encodeURIComponent(payout.runId)}`}>
              {payout.runId}
            </a>,
          ],
          [
            'Handed over by run',
            payout.submissionRunId && payout.submissionRunId !== payout.runId ? (
              <a href={`${base}/runs/${encodeURIComponent(payout.submissionRunId)}`}>{payout.submissionRunId}</a>
            ) : undefined,
          ],
          ['Paid by', payout.rail ? railWord(payout.rail) : 'not handed over yet'],
          ['Reference of the bank or provider', payout.railReference],
          ['End-to-end id in the bank file', payout.endToEndId],
          ['Reason given', payout.reason],
          ['Created', format.moment(payout.createdAt)],
          ['Last change', format.moment(payout.updatedAt)],
          [
            'Payout id',
            <span key="i" class="hash">
              {payout.payoutId}
            </span>,
          ],
          [
            'Journal',
            <a
              key="j"
              href={`${base}/journal?partnerId=${encodeURIComponent(payout.partnerId)}&from=${payout.createdAt.slice(0, 10)}`}
            >
              Entries of this partner since then
            </a>,
          ],
        ]}
      />
    </Card>
  );
}

function History({ visit: { format }, payout, names, base }: Props & { readonly base: string }): JSX.Element {
  const rail = (name: string): string => {
    const known = PAYOUT_RAILS.find((one) => one === name);
    return known ? railWord(known) : name;
  };
  return (
    <Card title="Everything that happened" lead="Oldest first. Each change was written with the money it moved.">
      <ol class="timeline-list">
        <li>
          <span class="text-secondary">{format.moment(payout.createdAt)}</span> Created by the approval of its run
        </li>
        {payout.history.map((change) => (
          <li key={change.sequence}>
            <span class="text-secondary">{format.moment(change.at)}</span> <strong>{stepWord(change.step)}</strong>
            {change.rail ? ` (${rail(change.rail)})` : ''}
            {change.from === change.to ? '' : `: from “${statusWord(change.from)}” to “${statusWord(change.to)}”`}
            {change.runId ? (
              <>
                {' '}
                in run <a href={`${base}/runs/${encodeURIComponent(change.runId)}`}>{change.runId}</a>
              </>
            ) : null}
            <span class="d-block text-secondary">
              {[
                change.reason,
                change.reference ? `reference ${change.reference}` : undefined,
                change.by
                  ? `by ${change.by === 'system:rail' ? 'the bank or provider' : names.person(change.by)}`
                  : undefined,
                change.evidence?.proposedBy ? `proposed by ${names.person(change.evidence.proposedBy)}` : undefined,
                change.evidence?.note,
              ]
                .filter(Boolean)
                .join('; ')}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** What somebody says became of it, for a second person to confirm or decline. */
function Proposal({ visit, payout, resolution, names }: Props & { readonly resolution: Resolution }): JSX.Element {
  const { format, me, programme } = visit;
  const { outcome, evidence, proposedBy, proposedAt, resolutionId } = resolution;
  const isOwn = me.id === proposedBy || me.id === resolution.onBehalfOf;
  const hasMoved = payout.status !== resolution.seenStatus;
  const amount = format.amount(payout.amountMinor, payout.currency);
  return (
    <Card
      title={`${names.person(proposedBy)} says: ${resolvedWord(outcome).toLowerCase()}`}
      lead={`Proposed ${format.moment(proposedAt)}; it changes nothing until a second person confirms it.`}
    >
      <Facts
        rows={[
          ['Found again by', evidence.reference],
          ['What it shows', evidence.note],
          [
            'SHA-256 of the document',
            evidence.documentSha256 ? <span class="hash">{evidence.documentSha256}</span> : undefined,
          ],
        ]}
      />
      {hasMoved ? (
        <Alert tone="info">
          <p>
            The payout has moved since ({statusWord(payout.status).toLowerCase()}): this proposal can only be declined.
          </p>
        </Alert>
      ) : null}
      {isOwn ? (
        <p class="mt-3 mb-0">You proposed this, so somebody else must decide.</p>
      ) : visit.may('admin', 'finance', 'approver') ? (
        <>
          {hasMoved ? null : (
            <Form visit={visit} action={decideResolution} params={{ resolutionId }} id={`confirm-${resolutionId}`}>
              <input type="hidden" name="decision" value="confirm" />
              <p class="mt-3 mb-0">
                You confirm that {amount} to {names.partner(payout.partnerId)}: {resolvedWord(outcome).toLowerCase()}.{' '}
                {resolvedMeaning(outcome)}
              </p>
              <Submit>Confirm</Submit>
            </Form>
          )}
          <details class="mt-3" open={visit.failed?.values.decision?.[0] === 'decline'}>
            <summary>Decline it</summary>
            <Form visit={visit} action={decideResolution} params={{ resolutionId }} id={`decline-${resolutionId}`}>
              <input type="hidden" name="decision" value="decline" />
              <Field
                visit={visit}
                action={decideResolution}
                formId={`decline-${resolutionId}`}
                name="comment"
                label="Why it is declined"
                required
                rows={2}
                maxLength={1000}
              />
              <Submit tone="plain">Decline</Submit>
            </Form>
          </details>
        </>
      ) : (
        <p class="mb-0">Finance or an approver of {programme.name} decides.</p>
      )}
    </Card>
  );
}

/** Proposals that were decided. */
function Decided({ visit: { format }, payout, names }: Props): JSX.Element | null {
  const decided = payout.resolutions.filter(({ status }) => status !== 'proposed');
  if (decided.length === 0) return null;
  return (
    <Card title="What people said before">
      <ul class="decisions">
        {decided.map(({ resolutionId, outcome, status, proposedBy, decision, evidence }) => (
          <li key={resolutionId}>
            <Badge tone={status === 'confirmed' ? 'good' : 'plain'}>
              {status === 'confirmed' ? 'Confirmed' : 'Declined'}
            </Badge>{' '}
            “{resolvedWord(outcome)}”, {names.person(proposedBy)}: {evidence.reference}
            {decision ? (
              <span class="d-block text-secondary">
                {names.person(decision.by)}, {format.moment(decision.at)}
                {decision.comment ? `: “${decision.comment}”` : ''}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Propose({ visit, payout }: Omit<Props, 'names'>): JSX.Element {
  return (
    <Card
      title="Say what became of it"
      lead="For a payout that no answer will come for. It changes nothing until a second person confirms it."
    >
      <details open={visit.failed?.action === proposeResolution.name}>
        <summary>I have evidence</summary>
        <Form visit={visit} action={proposeResolution}>
          {canAskRail(payout) ? (
            <p class="form-hint mt-2">
              Ask the provider first, by the button above: its own answer needs no second person.
            </p>
          ) : null}
          <Choices
            visit={visit}
            action={proposeResolution}
            name="outcome"
            label="What became of it"
            type="radio"
            chosen={[]}
            options={RESOLVED_OPTIONS.map(([value, word, meaning]) => [value, word, meaning] as const)}
          />
          <Field
            visit={visit}
            action={proposeResolution}
            name="reference"
            label="By what the evidence is found again"
            hint="Such as: Account statement 2026-02-03, entry 17. The partner reads it as the reason of a return."
            required
            maxLength={140}
          />
          <Field
            visit={visit}
            action={proposeResolution}
            name="note"
            label="What it shows"
            hint="For the person who confirms."
            required
            rows={3}
            maxLength={1000}
          />
          <Field
            visit={visit}
            action={proposeResolution}
            name="documentSha256"
            label="SHA-256 of the document"
            hint="Of the file that you keep, if there is one."
            required={false}
          />
          <Submit>Propose</Submit>
        </Form>
      </details>
    </Card>
  );
}

const payoutHref = ({ programme, params }: Visit): string =>
  `${programmeBase(programme.programId)}/payouts/${encodeURIComponent(params.payoutId ?? '')}`;

export const askRail = defineAction({
  name: 'ask-rail',
  path: `${PATH}/ask-rail`,
  access: ['admin', 'finance'],
  page: showPayout,
  send: async (visit, _form, idempotencyKey) => {
    const { answer, reason } = await visit.api.call(askRailRoute, {
      params: { programId: visit.programme.programId, payoutId: visit.params.payoutId ?? '' },
      idempotencyKey,
    });
    return redirect(payoutHref(visit), [answerWord(answer), reason].filter(Boolean).join(' '));
  },
});

export const proposeResolution = defineAction({
  name: 'propose-resolution',
  path: `${PATH}/propose`,
  access: ['admin', 'finance'],
  page: showPayout,
  send: async (visit, form, idempotencyKey) => {
    const outcome = RESOLVED_OUTCOMES.find((one) => one === form.text('outcome'));
    if (!outcome) throw new FieldProblem('outcome', 'must be one of these');
    await visit.api.call(proposePayoutResolutionRoute, {
      params: { programId: visit.programme.programId, payoutId: visit.params.payoutId ?? '' },
      body: {
        outcome,
        evidence: {
          reference: form.text('reference'),
          note: form.text('note'),
          documentSha256: form.optional('documentSha256')?.toLowerCase(),
        },
      },
      idempotencyKey,
    });
    return redirect(payoutHref(visit), 'Proposed. A second person must confirm it.');
  },
});

export const decideResolution = defineAction({
  name: 'decide-resolution',
  path: `${PATH}/resolutions/{resolutionId}/decide`,
  access: ['admin', 'finance', 'approver'],
  page: showPayout,
  send: async (visit, form, idempotencyKey) => {
    const decision = form.text('decision') === 'confirm' ? 'confirm' : 'decline';
    await visit.api.call(decidePayoutResolutionRoute, {
      params: {
        programId: visit.programme.programId,
        payoutId: visit.params.payoutId ?? '',
        resolutionId: visit.params.resolutionId ?? '',
      },
      body: { decision, comment: decision === 'decline' ? form.text('comment') : form.optional('comment') },
      idempotencyKey,
    });
    return redirect(
      payoutHref(visit),
      decision === 'confirm' ? 'Confirmed, and booked.' : 'Declined. Nothing was changed.',
    );
  },
});
