import type { JSX } from 'preact';
import type * as z from 'zod';
import { Alert, Badge, ButtonLink, Card, Empty, Table } from '#console/ui/parts';
import { payoutStatus, statusWord } from '#functions/console/payouts/payout-words';
import { programmeBase } from '#functions/console/statements/statement-paths';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import type { bankFileSchema } from '#shared/contracts/payouts/paying/list-bank-files';
import type { payoutSchema } from '#shared/contracts/payouts/paying/list-payouts';
import { runHref } from './run-paths.ts';
import { namedPayouts, type Run, railWord } from './run-words.ts';

export type BankFile = z.output<typeof bankFileSchema>;
type Payout = z.output<typeof payoutSchema>;

type Props = { readonly visit: Pick<Visit, 'format' | 'programme' | 'may'>; readonly run: Run };

/** What became of a run that is over, and what is left to do. */
export function RunOutcome({ visit, run, names }: Props & { readonly names: NamesOf }): JSX.Element | null {
  const base = programmeBase(visit.programme.programId);
  const month = visit.format.period(run.period);
  const openAgain = visit.may('finance', 'admin', 'approver') ? (
    <ButtonLink href={`${base}/runs/open`}>Open {month} again</ButtonLink>
  ) : null;
  switch (run.status) {
    case 'completed':
      return (
        <Alert tone="good" title={`${month} is paid`}>
          <p>Every payout was handed over. What the banks and providers answer is booked as it comes.</p>
        </Alert>
      );
    case 'completed_with_failures':
      return (
        <Alert tone="attention" title="Some payouts need a look">
          {run.failures.map(({ at, reason }) => (
            <FailedPayouts key={at} reason={reason} base={base} names={names} />
          ))}
          <p>
            What was refused or sent back is owed again, and the next approved run pays it. What is unknown waits for
            its provider: <a href={`${base}/payouts?status=unknown`}>see the payouts without an answer</a>.
          </p>
        </Alert>
      );
    case 'rejected':
      return (
        <Alert tone="info" title="This run was rejected">
          <p>Nobody was paid, its drafts are void, and {month} is open again for corrections.</p>
          {openAgain}
        </Alert>
      );
    case 'expired':
      return (
        <Alert tone="attention" title="This run expired">
          <p>Nobody decided in time. Nobody was paid, and {month} is open again.</p>
          {openAgain}
        </Alert>
      );
    case 'failed':
      return (
        <Alert tone="bad" title="This run stopped">
          {run.failures.map(({ at, during, reason }) => (
            <p key={`${at} ${during}`}>{reason}</p>
          ))}
          <p>
            No payout is lost or made twice. Mend the cause, then open {month} again: an approved run goes on where it
            stopped, another one is computed anew.
          </p>
          {openAgain}
        </Alert>
      );
    default:
      return null;
  }
}

/** Which payouts a fault names; one that names none is told as it is. */
function FailedPayouts({
  reason,
  base,
  names,
}: {
  readonly reason: string;
  readonly base: string;
  readonly names: NamesOf;
}): JSX.Element {
  const { payouts, more } = namedPayouts(reason);
  if (payouts.length === 0) return <p>{reason}</p>;
  return (
    <ul>
      {payouts.map(({ payoutId, partnerId, status }) => (
        <li key={payoutId}>
          <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>{names.partner(partnerId)}</a>:{' '}
          {statusWord(status).toLowerCase()}
        </li>
      ))}
      {more > 0 ? <li>and {more} more</li> : null}
    </ul>
  );
}

/** The files for the bank, with what the bank will ask to confirm. */
export function BankFiles({ visit, run, files }: Props & { readonly files: readonly BankFile[] }): JSX.Element | null {
  if (files.length === 0) return null;
  const { format, programme } = visit;
  const mayDownload = visit.may('finance', 'admin');
  return (
    <Card
      title="Bank files"
      lead="Upload each to your bank once. The bank shows the number of payments and their sum: compare them with these."
      flush
    >
      <Table
        caption="Bank files of this run"
        rows={files}
        keyOf={({ rail, currency }) => `${rail} ${currency}`}
        columns={[
          {
            label: 'File',
            cell: ({ rail, currency, format: kind, messageId }) => (
              <>
                {railWord(rail)}, {currency}
                <div class="text-secondary">
                  {kind}, message {messageId}
                </div>
              </>
            ),
          },
          { label: 'Payments', isNumber: true, cell: ({ count }) => format.count(count) },
          {
            label: 'Sum',
            isNumber: true,
            cell: ({ controlSumMinor, currency }) => format.amount(controlSumMinor, currency),
          },
          { label: 'Written', isMinor: true, cell: ({ createdAt }) => format.moment(createdAt) },
          {
            label: 'Download',
            cell: ({ rail, currency }) =>
              mayDownload ? (
                <ButtonLink
                  href={`${runHref(programme.programId, run.runId)}/bank-files/${currency}/${rail}`}
                  icon="download"
                  download
                >
                  Download
                </ButtonLink>
              ) : (
                'Finance downloads it'
              ),
          },
        ]}
      />
    </Card>
  );
}

/** Payouts of a run: the first of them, and where the others are. */
export function RunPayouts({
  visit: { format, programme },
  run,
  payouts,
  names,
  hasMore,
}: Props & { readonly payouts: readonly Payout[]; readonly names: NamesOf; readonly hasMore: boolean }): JSX.Element {
  const base = programmeBase(programme.programId);
  const all = `${base}/payouts?runId=${encodeURIComponent(run.runId)}`;
  return (
    <Card title="Payouts" flush actions={hasMore ? <ButtonLink href={all}>All payouts of this run</ButtonLink> : null}>
      {payouts.length === 0 ? (
        <Empty icon="payouts" title="No payout">
          Nothing was due in this month, or everything was held back.
        </Empty>
      ) : (
        <Table
          caption="Payouts of this run"
          rows={payouts}
          keyOf={({ payoutId }) => payoutId}
          columns={[
            {
              label: 'Partner',
              cell: ({ payoutId, partnerId }) => (
                <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>{names.partner(partnerId)}</a>
              ),
            },
            {
              label: 'Status',
              cell: (payout) => {
                const [tone, word] = payoutStatus(payout);
                return <Badge tone={tone}>{word}</Badge>;
              },
            },
            { label: 'Paid by', isMinor: true, cell: ({ rail }) => (rail ? railWord(rail) : '') },
            {
              label: 'Amount',
              isNumber: true,
              cell: ({ amountMinor, currency }) => format.amount(amountMinor, currency),
            },
          ]}
        />
      )}
    </Card>
  );
}
