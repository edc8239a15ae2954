import type { JSX } from 'preact';
import { ReleaseForm, releaseHold } from '#console/payouts/show-holds';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Facts, Stack, Table } from '#console/ui/parts';
import { programmeBase, statementHref } from '#functions/console/statements/statement-paths';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { holdPayoutsRoute } from '#shared/contracts/payouts/holds/hold-payouts';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/holds/list-payout-holds';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';
import { listReviewedPartnersRoute } from '#shared/contracts/payouts/runs/list-reviewed-partners';
import { partnerPath } from './run-anomalies.ts';
import { decideHref, partnersHref, RUN_PATH, RUN_STAFF, runHref, runsHref } from './run-paths.ts';
import {
  countingApprovals,
  flagMeaning,
  flagWord,
  type OwnRun,
  outcomeMeaning,
  outcomeWord,
  type ReviewedPartner,
  railWord,
} from './run-words.ts';
import { canChoose, chosenHolds } from './show-run-partners.tsx';

/** One partner of a run: what it is paid, against the month before, its statement, and holding it back. */
export const showRunPartner = definePage({
  name: 'show-run-partner',
  path: `${RUN_PATH}/partners/{partnerId}`,
  access: RUN_STAFF,
  show: async (visit) => {
    const { api, format, programme, params, query } = visit;
    const { programId } = programme;
    const { runId = '', partnerId = '' } = params;
    const [run, { items }, holds] = await Promise.all([
      api.call(getPayoutRunRoute, { params: { programId, runId } }),
      api.call(listReviewedPartnersRoute, { params: { programId, runId }, query: { partnerIds: partnerId } }),
      api.call(listPayoutHoldsRoute, { params: { programId }, query: { partnerId, state: 'in_force' } }),
    ]);
    const names = await namesOf(visit, { partners: [partnerId], people: holds.items.map(({ by }) => by) });
    const chosen = chosenHolds(run, query);
    return view({
      title: names.partner(partnerId),
      trail: [
        ['Payout runs', runsHref(programId)],
        [format.period(run.period), runHref(programId, runId)],
        ['Partners', partnersHref(programId, runId, { hold: chosen })],
      ],
      lead: (
        <>
          In the run of {format.period(run.period)}.{' '}
          <a href={`${programmeBase(programId)}/partners/${encodeURIComponent(partnerId)}`}>About this partner</a>
        </>
      ),
      body: (
        <Stack>
          {items.length === 0 ? (
            <Alert tone="info">
              <p>This partner is not part of this run.</p>
            </Alert>
          ) : null}
          {items.map((row) => (
            <Row key={row.currency} visit={visit} run={run} row={row} />
          ))}
          {canChoose(run) && countingApprovals(run) === 0 && items.some(({ outcome }) => outcome === 'pay') ? (
            <HoldInThisRun programId={programId} run={run} partnerId={partnerId} chosen={chosen} names={names} />
          ) : null}
          <Card
            title="Holds on this partner’s payouts"
            lead="A hold keeps payouts back until somebody releases it, in this run and in later ones. Statements and balance go on."
          >
            {holds.items.length === 0 ? <p>No hold is in force.</p> : null}
            {holds.items.map(({ holdId, reason, by, at }) => (
              <div key={holdId} class="mb-3">
                <p class="mb-2">
                  <Badge tone="attention">Held</Badge> “{reason}”{' '}
                  <span class="text-secondary">
                    {names.person(by)}, {format.moment(at)}
                  </span>
                </p>
                <ReleaseForm
                  visit={visit}
                  action={releaseHold}
                  partnerId={partnerId}
                  holdId={holdId}
                  backTo={visit.address}
                />
                <p class="form-hint">Who releases a hold cannot approve the next run that pays it.</p>
              </div>
            ))}
            <Form visit={visit} action={holdPartner}>
              <Field
                visit={visit}
                action={holdPartner}
                name="reason"
                label="Why payouts are held back"
                hint="People who approve read it; the partner does not."
                required
                rows={2}
                maxLength={1000}
              />
              <Submit tone="plain">Hold payouts until released</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

function Row({
  visit: { format, programme },
  run,
  row,
}: {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly row: ReviewedPartner;
}): JSX.Element {
  const { currency, statement, before, attemptBefore, payee, lastPaid } = row;
  const amount = (minor: number): string => format.amount(minor, currency);
  const [tone, word] = outcomeWord(row.outcome);
  const compared = [
    {
      name: 'Earned',
      now: statement?.earnedMinor ?? 0,
      last: before?.earnedMinor,
      attempt: attemptBefore?.earnedMinor,
      change: row.earnedChangeMinor,
    },
    { name: 'Taken back after refunds', now: statement?.clawbackMinor ?? 0 },
    { name: 'Corrections', now: statement?.adjustmentMinor ?? 0 },
    { name: 'Brought forward', now: statement?.openingBalanceMinor ?? 0 },
    { name: 'To be paid by the statement', now: statement?.payableMinor ?? 0, last: before?.payableMinor },
    { name: 'Waiting from earlier runs', now: row.waitingMinor },
    { name: 'Due', now: row.dueMinor, attempt: attemptBefore?.dueMinor },
    { name: 'Carried forward', now: row.carriedMinor, attempt: attemptBefore?.carriedMinor },
  ];
  return (
    <Card
      title={`${currency}: ${amount(row.dueMinor)} due`}
      actions={
        statement ? (
          <ButtonLink
            href={statementHref(programme.programId, `${run.runId}~${row.partnerId}~${currency}`)}
            icon="statements"
          >
            Statement, line by line
          </ButtonLink>
        ) : null
      }
    >
      <p>
        <Badge tone={tone}>{word}</Badge> {outcomeMeaning(row.outcome)}
      </p>
      {row.flags.length > 0 ? (
        <ul>
          {row.flags.map((flag) => (
            <li key={flag}>
              <strong>{flagWord(flag)}.</strong> {flagMeaning(flag)}
            </li>
          ))}
        </ul>
      ) : null}
      <Table
        caption={`Amounts in ${currency}, compared`}
        rows={compared}
        keyOf={({ name }) => name}
        columns={[
          { label: 'What', cell: ({ name }) => name },
          { label: format.period(run.period), isNumber: true, cell: ({ now }) => amount(now) },
          ...(before
            ? [
                {
                  label: 'Month before',
                  isNumber: true,
                  cell: ({ last }: (typeof compared)[number]) => (last === undefined ? '' : amount(last)),
                },
              ]
            : []),
          ...(before
            ? [
                {
                  label: 'Change',
                  isNumber: true,
                  cell: ({ change }: (typeof compared)[number]) =>
                    change === undefined ? '' : format.change(change, currency),
                },
              ]
            : []),
          ...(attemptBefore
            ? [
                {
                  label: 'Last attempt',
                  isNumber: true,
                  isMinor: true,
                  cell: ({ attempt }: (typeof compared)[number]) => (attempt === undefined ? '' : amount(attempt)),
                },
              ]
            : []),
        ]}
      />
      <div class="mt-3">
        <Facts
          rows={[
            ['Paid by', payee ? railWord(payee.rail) : 'no bank details yet'],
            [
              'Bank details rest until',
              payee?.usableFrom && row.outcome === 'payee_cooling_down' ? format.moment(payee.usableFrom) : undefined,
            ],
            ['Last paid in run', lastPaid?.runId],
            ['Open disputes', row.openDisputes > 0 ? format.count(row.openDisputes) : undefined],
            [
              'Sales on hold',
              row.heldSales > 0 ? `${format.count(row.heldSales)}, worth ${amount(row.heldSalesMinor)}` : undefined,
            ],
          ]}
        />
      </div>
    </Card>
  );
}

function HoldInThisRun({
  programId,
  run,
  partnerId,
  chosen,
  names,
}: {
  readonly programId: string;
  readonly run: OwnRun;
  readonly partnerId: string;
  readonly chosen: readonly string[];
  readonly names: NamesOf;
}): JSX.Element {
  const isChosen = chosen.includes(partnerId);
  const next = isChosen ? chosen.filter((id) => id !== partnerId) : [...chosen, partnerId].sort();
  const here = `${programmeBase(programId)}${partnerPath(run.runId, partnerId)}`;
  return (
    <Card
      title="Hold back in this run only"
      lead="Part of your decision: the balance stays, and the next month opens with it."
    >
      <p>
        {isChosen
          ? `${names.partner(partnerId)} is held back if you approve.`
          : `${names.partner(partnerId)} is paid if the run is approved.`}
      </p>
      <div class="btn-list">
        <ButtonLink
          href={isChosen ? partnersHref(programId, run.runId, { hold: next }) : decideHref(programId, run.runId, next)}
        >
          {isChosen ? 'Pay after all' : 'Hold back and decide'}
        </ButtonLink>
        {isChosen ? null : (
          <ButtonLink href={`${here}?${new URLSearchParams(next.map((id) => ['hold', id]))}`}>
            Hold back and keep looking
          </ButtonLink>
        )}
      </div>
    </Card>
  );
}

export const holdPartner = defineAction({
  name: 'hold-partner',
  path: `${RUN_PATH}/partners/{partnerId}/hold`,
  access: RUN_STAFF,
  page: showRunPartner,
  send: async (visit, form, idempotencyKey) => {
    const { programId } = visit.programme;
    const { runId = '', partnerId = '' } = visit.params;
    await visit.api.call(holdPayoutsRoute, {
      params: { programId, partnerId },
      body: { reason: form.text('reason') },
      idempotencyKey,
    });
    return redirect(
      `${programmeBase(programId)}${partnerPath(runId, partnerId)}`,
      'Payouts to this partner are held back until somebody releases them.',
    );
  },
});
