import type { JSX } from 'preact';
import { Icon } from '#console/ui/icons';
import { Alert, Badge, ButtonLink, Card, Empty, Facts, Figure, Grid, Table } from '#console/ui/parts';
import { programmeBase } from '#functions/console/statements/statement-paths';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import { partnerPath, tellAnomaly } from './run-anomalies.ts';
import { partnersHref } from './run-paths.ts';
import {
  flagMeaning,
  flagWord,
  outcomeMeaning,
  outcomeWord,
  paidIn,
  payLabel,
  type Review,
  type ReviewCurrency,
  type Run,
} from './run-words.ts';

type Props = {
  readonly visit: Pick<Visit, 'format' | 'programme'>;
  readonly run: Run;
  readonly names: NamesOf;
};

/** What stands out, each with the page where it is looked at. */
export function Anomalies({ visit: { format, programme }, run, names }: Props): JSX.Element {
  const base = programmeBase(programme.programId);
  if (run.anomalies.length === 0) {
    return (
      <Card title={run.status === 'awaiting_decision' ? 'Look at these first' : 'What approvers were shown'}>
        <p class="mb-0">Nothing stands out: no jump, no debt, no waiting correction, no changed rule.</p>
      </Card>
    );
  }
  return (
    <Card
      title={run.status === 'awaiting_decision' ? 'Look at these first' : 'What approvers were shown'}
      lead="What an approver should be able to explain."
    >
      <ul class="anomalies">
        {run.anomalies.map((anomaly, at) => {
          const { tone, title, says, path, link } = tellAnomaly(anomaly, { format, names, run });
          return (
            <li key={at} class={`anomaly-${tone}`}>
              <Icon name={tone === 'info' ? 'info' : 'warning'} />
              <span>
                <strong>{title}</strong>
                <span class="d-block">{says}</span>
                {path ? <a href={`${base}${path}`}>{link}</a> : null}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** The review in each of its currencies. */
export function ReviewTotals({ visit, run, names, review }: Props & { readonly review: Review }): JSX.Element {
  if (review.currencies.length === 0) {
    return (
      <Card>
        <Empty icon="runs" title="Nothing to pay">
          No partner earned anything in this month, and nothing waits from before.
        </Empty>
      </Card>
    );
  }
  return (
    <>
      {review.currencies.map((one) => (
        <CurrencyReview
          key={one.currency}
          visit={visit}
          run={run}
          names={names}
          review={one}
          hasMany={review.currencies.length > 1}
        />
      ))}
    </>
  );
}

type CurrencyProps = Props & { readonly review: ReviewCurrency; readonly hasMany: boolean };

function CurrencyReview(props: CurrencyProps): JSX.Element {
  const { visit, run, review, hasMany } = props;
  const { format, programme } = visit;
  const { currency } = review;
  const amount = (minor: number): string => format.amount(minor, currency);
  const href = (query: { outcome?: string; sort?: string }): string =>
    partnersHref(programme.programId, run.runId, { ...query, ...(hasMany ? { currency } : {}) });
  const paidNow = paidIn(review);
  const held = review.withHolds?.heldPartners ?? 0;
  const left = review.outcomes.filter(({ outcome, dueMinor }) => outcome !== 'pay' && dueMinor > 0);
  const leftCount = left.reduce((sum, { count }) => sum + count, held);
  const leftWords = [
    ...(held > 0 ? ['held by the decision'] : []),
    ...left.map(({ outcome }) => outcomeWord(outcome)[1].toLowerCase()),
  ];
  const total = run.totals.find((one) => one.currency === currency);
  return (
    <>
      <Grid>
        <Figure
          label={hasMany ? `${payLabel(run)} in ${currency}` : payLabel(run)}
          value={amount(paidNow.payMinor)}
          note={`${format.count(paidNow.payouts)} ${paidNow.payouts === 1 ? 'payout' : 'payouts'}`}
        />
        <Figure
          label="Partners paid"
          value={format.count(paidNow.partners)}
          note={`of ${format.count(review.count)}`}
          href={href({ outcome: 'pay' })}
        />
        <Figure
          label="Change to last month"
          value={
            total?.earnedChangeMinor === undefined ? 'First month' : format.change(total.earnedChangeMinor, currency)
          }
          note={total?.earnedChangeMinor === undefined ? 'nothing to compare with' : 'in what was earned'}
          href={total?.earnedChangeMinor === undefined ? undefined : href({ sort: 'change' })}
        />
        <Figure
          label="Left out although due"
          value={format.count(leftCount)}
          note={leftCount === 0 ? 'everybody due is paid' : leftWords.join(', ')}
        />
      </Grid>
      <Comparison {...props} />
      <div class="tile-grid tile-grid-wide">
        <Outcomes {...props} />
        <Flags {...props} />
      </div>
      <Largest {...props} />
    </>
  );
}

/** The month against the one before, and against the attempt before when there was one. */
function Comparison({ visit: { format }, run, review, hasMany }: CurrencyProps): JSX.Element {
  const { currency, before, attemptBefore } = review;
  const total = run.totals.find((one) => one.currency === currency);
  const amount = (minor: number | undefined): string => (minor === undefined ? '' : format.amount(minor, currency));
  const rows = [
    {
      name: 'Earned',
      now: total?.earnedMinor,
      last: before?.earnedMinor,
      attempt: attemptBefore?.earnedMinor,
      change: total?.earnedChangeMinor,
    },
    { name: 'Taken back after refunds', now: total?.clawbackMinor },
    { name: 'Corrections', now: total?.adjustmentMinor },
    { name: 'Brought forward', now: total?.openingBalanceMinor },
    { name: 'To be paid by the statements', now: total?.payableMinor, last: before?.payableMinor },
    { name: 'Older payouts paid with it', now: total?.waitingMinor || undefined },
    { name: 'Held back by the decision', now: review.withHolds?.heldMinor || undefined },
    { name: payLabel(run), now: paidIn(review).payMinor, attempt: attemptBefore?.payMinor },
    { name: 'Carried forward', now: total?.closingBalanceMinor },
  ].filter(({ now }) => now !== undefined);
  return (
    <Card
      title={hasMany ? `Totals in ${currency}` : 'Totals'}
      lead={`${format.period(run.period)}${before ? ' and the month before' : ', the first month of the books'}`}
      flush
    >
      <Table
        caption={`Totals in ${currency}, compared`}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { label: 'What', cell: ({ name }) => name },
          { label: format.period(run.period), isNumber: true, cell: ({ now }) => amount(now) },
          ...(before
            ? [{ label: 'Month before', isNumber: true, cell: ({ last }: (typeof rows)[number]) => amount(last) }]
            : []),
          ...(before
            ? [
                {
                  label: 'Change',
                  isNumber: true,
                  cell: ({ change }: (typeof rows)[number]) =>
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
                  cell: ({ attempt }: (typeof rows)[number]) => amount(attempt),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function Outcomes({ visit: { format, programme }, run, review, hasMany }: CurrencyProps): JSX.Element {
  const { currency } = review;
  return (
    <Card title="Who is paid, and who is not" flush>
      <Table
        caption="Outcomes, with how many partners and how much is due"
        rows={review.outcomes}
        keyOf={({ outcome }) => outcome}
        columns={[
          {
            label: 'Outcome',
            cell: ({ outcome }) => {
              const [tone, word] = outcomeWord(outcome);
              return (
                <>
                  <Badge tone={tone}>{word}</Badge>
                  <div class="text-secondary">{outcomeMeaning(outcome)}</div>
                </>
              );
            },
          },
          {
            label: 'Partners',
            isNumber: true,
            cell: ({ outcome, count }) => (
              <a
                href={partnersHref(programme.programId, run.runId, { outcome, ...(hasMany ? { currency } : {}) })}
                aria-label={`${format.count(count)}: ${outcomeWord(outcome)[1]}`}
              >
                {format.count(count)}
              </a>
            ),
          },
          { label: 'Due', isNumber: true, cell: ({ dueMinor }) => format.amount(dueMinor, currency) },
          {
            label: 'Carried',
            isNumber: true,
            isMinor: true,
            cell: ({ carriedMinor }) => format.amount(carriedMinor, currency),
          },
        ]}
      />
    </Card>
  );
}

function Flags({ visit: { format, programme }, run, review, hasMany }: CurrencyProps): JSX.Element {
  const { currency } = review;
  return (
    <Card title="Worth a look" flush>
      {review.flags.length === 0 ? (
        <Empty icon="done" title="No partner is flagged">
          Nobody has new bank details, a large change, a debt or an open dispute.
        </Empty>
      ) : (
        <Table
          caption="Flags, with how many partners and how much is due"
          rows={review.flags}
          keyOf={({ flag }) => flag}
          columns={[
            {
              label: 'Flag',
              cell: ({ flag }) => (
                <>
                  <a href={partnersHref(programme.programId, run.runId, { flag, ...(hasMany ? { currency } : {}) })}>
                    {flagWord(flag)}
                  </a>
                  <div class="text-secondary">{flagMeaning(flag)}</div>
                </>
              ),
            },
            { label: 'Partners', isNumber: true, cell: ({ count }) => format.count(count) },
            { label: 'Due', isNumber: true, cell: ({ dueMinor }) => format.amount(dueMinor, currency) },
          ]}
        />
      )}
      {review.heldSales > 0 ? (
        <div class="card-body">
          <Alert tone="info">
            <p>
              {format.count(review.heldSales)} {review.heldSales === 1 ? 'sale waits' : 'sales wait'} for review, worth{' '}
              {format.amount(review.heldSalesMinor, currency)}; they earn nothing in this run.
            </p>
          </Alert>
        </div>
      ) : null}
    </Card>
  );
}

function Largest({ visit: { format, programme }, run, names, review }: CurrencyProps): JSX.Element | null {
  if (review.largest.length === 0) return null;
  const base = programmeBase(programme.programId);
  return (
    <Card
      title="Largest payouts"
      flush
      actions={
        <ButtonLink href={partnersHref(programme.programId, run.runId, { sort: 'due' })} icon="users">
          All partners
        </ButtonLink>
      }
    >
      <Table
        caption={`Largest payouts in ${review.currency}`}
        rows={review.largest}
        keyOf={({ partnerId }) => partnerId}
        columns={[
          {
            label: 'Partner',
            cell: ({ partnerId }) => (
              <a href={`${base}${partnerPath(run.runId, partnerId)}`}>{names.partner(partnerId)}</a>
            ),
          },
          { label: 'Paid', isNumber: true, cell: ({ payMinor }) => format.amount(payMinor, review.currency) },
        ]}
      />
    </Card>
  );
}

/** By which facts and rules the review was made. */
export function ReviewFacts({
  visit: { format },
  run,
  names,
  review,
}: Props & { readonly review: Review }): JSX.Element {
  return (
    <Card title="How this was made">
      <Facts
        rows={[
          ['Opened by', names.person(run.openedBy)],
          ['Opened', format.moment(run.openedAt)],
          ['Facts read', format.moment(review.asOf)],
          ['Attempt', format.count(run.attempt)],
          ['Compared with run', review.lastRunId],
          ['Payout policy', `version ${review.policyVersion}`],
          ['A change is flagged above', format.percent(review.changeFlagPercent * 100)],
          ['Approvals needed', format.count(run.approvals.required)],
          [
            'Approvers reminded',
            run.reminders.length > 0 ? format.list(run.reminders.map(({ at }) => format.moment(at))) : undefined,
          ],
        ]}
      />
    </Card>
  );
}
