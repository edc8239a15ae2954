import type { JSX } from 'preact';
import { EntryFacts } from '#console/books/bank-reports/entry-table';
import { bankTabs } from '#console/books/bank-reports/show-bank-reports';
import { BOOKKEEPERS, baseOf, MONEY } from '#console/books/books-frame';
import { Field, Form, failureOf, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Empty, Pager, Stack } from '#console/ui/parts';
import { type BankEntry, bankSays, entryState, outcomeWords } from '#functions/console/books/bank-reports/bank-words';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { decideBankReportEntryRoute } from '#shared/contracts/payouts/bank-reports/decide-bank-report-entry';
import { listBankReportEntriesRoute } from '#shared/contracts/payouts/bank-reports/list-bank-report-entries';
import { resolveBankReportEntryRoute } from '#shared/contracts/payouts/bank-reports/resolve-bank-report-entry';

const A_PAGE = 10;
const PATH = `${PROGRAM_PATH}/bank-reports/entries`;

const STATUSES = {
  unmatched: [
    'unmatched',
    'Nothing is left to match',
    'Entries of bank reports that match no payout appear here, with the reason.',
  ],
  awaiting_confirmation: [
    'awaiting',
    'Nothing waits for a decision',
    'What would give money back waits here until a second person confirms it.',
  ],
  handled: [
    'handled',
    'Nothing was handled by hand',
    'Entries that somebody marked as handled appear here, with the note.',
  ],
} as const;

/** Entries that need a person: match them, mark them as handled, or decide on them as a second person. */
export const showBankEntries = definePage({
  name: 'show-bank-entries',
  path: PATH,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query } = visit;
    const base = baseOf(visit);
    const asked = query.get('status');
    const status = asked === 'awaiting_confirmation' || asked === 'handled' ? asked : 'unmatched';
    const [tab, emptyTitle, emptyWords] = STATUSES[status];
    const page = await api.call(listBankReportEntriesRoute, {
      params: { programId: programme.programId },
      query: { status, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const names = await namesOf(visit, {
      people: page.items.flatMap(({ proposedBy, resolvedBy, decision }) => [proposedBy, resolvedBy, decision?.by]),
    });
    return view({
      title: 'Entries of bank reports',
      trail: [['Bank reports', `${base}/bank-reports`]],
      lead: 'One card each, the oldest first.',
      body: (
        <Stack>
          {bankTabs(base, tab)}
          {page.items.length === 0 ? (
            <Card>
              <Empty icon="bank" title={emptyTitle}>
                {emptyWords}
              </Empty>
            </Card>
          ) : (
            page.items.map((entry) => <Entry key={entry.entryId} visit={visit} entry={entry} names={names} />)
          )}
          <Pager address={visit.address} nextCursor={page.nextCursor} />
        </Stack>
      ),
    });
  },
});

type EntryProps = { readonly visit: Visit; readonly entry: BankEntry; readonly names: NamesOf };

function Entry({ visit, entry, names }: EntryProps): JSX.Element {
  const [tone, word] = entryState(entry);
  const { amountMinor, currency } = entry;
  const amount =
    amountMinor === undefined || currency === undefined ? '' : ` ${visit.format.amount(amountMinor, currency)}`;
  return (
    <Card title={`${bankSays(entry.says)}${amount}`} actions={<Badge tone={tone}>{word}</Badge>} id={entry.entryId}>
      <Stack>
        <EntryFacts visit={visit} entry={entry} names={names} />
        {entry.status === 'unmatched' && visit.may(...BOOKKEEPERS) ? (
          <>
            <MatchForm visit={visit} entry={entry} names={names} />
            <HandledForm visit={visit} entry={entry} names={names} />
          </>
        ) : null}
        {entry.status === 'awaiting_confirmation' ? <Decide visit={visit} entry={entry} names={names} /> : null}
      </Stack>
    </Card>
  );
}

/** One of several forms of its action on the page. */
function formOf(visit: Visit, action: Action, entry: BankEntry) {
  const formId = `${action.name}-${entry.entryId}`;
  const isOpen = failureOf(visit, action, formId) !== undefined;
  return {
    isOpen,
    form: { visit, action, id: formId, params: { entryId: entry.entryId } },
    field: { visit, action, formId },
  };
}

function MatchForm({ visit, entry }: EntryProps): JSX.Element {
  const { form, field, isOpen } = formOf(visit, matchBankEntry, entry);
  return (
    <details open={isOpen}>
      <summary>It belongs to a payout</summary>
      <Form {...form}>
        <Field
          {...field}
          name="payoutId"
          label="Payout id"
          hint="Such as po~2026-01.1~anna~EUR, from the payout’s page. Amount and currency must be the payout’s."
          required
        />
        <Field {...field} name="note" label="How you know" rows={2} maxLength={1000} required />
        <Submit>Match</Submit>
      </Form>
    </details>
  );
}

function HandledForm({ visit, entry }: EntryProps): JSX.Element {
  const { form, field, isOpen } = formOf(visit, handleBankEntry, entry);
  return (
    <details open={isOpen}>
      <summary>It needs nothing here</summary>
      <Form {...form}>
        <Field {...field} name="note" label="What was done about it" rows={2} maxLength={1000} required />
        <Submit tone="plain">Mark as handled</Submit>
      </Form>
    </details>
  );
}

function Decide({ visit, entry }: EntryProps): JSX.Element {
  if (entry.proposedBy === visit.me.id) {
    return (
      <Alert tone="info" title="Somebody else decides">
        <p>You sent this in or matched it. Ask another person of finance, or an approver.</p>
      </Alert>
    );
  }
  const confirm = formOf(visit, confirmBankEntry, entry);
  const decline = formOf(visit, declineBankEntry, entry);
  return (
    <>
      <Form {...confirm.form}>
        <p>Confirmed, the payout {entry.outcome ? outcomeWords(entry.outcome) : 'moves as the bank says'}.</p>
        <Field {...confirm.field} name="comment" label="Comment" maxLength={1000} required={false} />
        <Submit>Confirm</Submit>
      </Form>
      <details open={decline.isOpen}>
        <summary>Decline</summary>
        <Form {...decline.form}>
          <Field {...decline.field} name="comment" label="Why" maxLength={1000} required />
          <Submit tone="plain">Decline</Submit>
        </Form>
      </details>
    </>
  );
}

/** Back to the list as it was. */
const backTo = (visit: Visit, status: keyof typeof STATUSES): string =>
  `${baseOf(visit)}/bank-reports/entries${status === 'unmatched' ? '' : `?status=${status}`}`;

const idsOf = ({ programme, params }: Visit) => ({ programId: programme.programId, entryId: params.entryId ?? '' });

export const matchBankEntry = defineAction({
  name: 'match-bank-entry',
  path: `${PATH}/{entryId}/match`,
  access: BOOKKEEPERS,
  page: showBankEntries,
  send: async (visit, form, idempotencyKey) => {
    const body = { action: 'match', payoutId: form.text('payoutId'), note: form.text('note') } as const;
    const entry = await visit.api.call(resolveBankReportEntryRoute, { params: idsOf(visit), body, idempotencyKey });
    const waits = entry.status === 'awaiting_confirmation';
    return redirect(
      backTo(visit, 'unmatched'),
      waits ? 'Matched. A second person confirms it.' : 'Matched and booked.',
    );
  },
});

export const handleBankEntry = defineAction({
  name: 'handle-bank-entry',
  path: `${PATH}/{entryId}/handle`,
  access: BOOKKEEPERS,
  page: showBankEntries,
  send: async (visit, form, idempotencyKey) => {
    const body = { action: 'handled', note: form.text('note') } as const;
    await visit.api.call(resolveBankReportEntryRoute, { params: idsOf(visit), body, idempotencyKey });
    return redirect(backTo(visit, 'unmatched'), 'Marked as handled.');
  },
});

export const confirmBankEntry = defineAction({
  name: 'confirm-bank-entry',
  path: `${PATH}/{entryId}/confirm`,
  access: MONEY,
  page: showBankEntries,
  send: async (visit, form, idempotencyKey) => {
    const body = { decision: 'confirm', comment: form.optional('comment') } as const;
    await visit.api.call(decideBankReportEntryRoute, { params: idsOf(visit), body, idempotencyKey });
    return redirect(backTo(visit, 'awaiting_confirmation'), 'Confirmed: the amount is owed again.');
  },
});

export const declineBankEntry = defineAction({
  name: 'decline-bank-entry',
  path: `${PATH}/{entryId}/decline`,
  access: MONEY,
  page: showBankEntries,
  send: async (visit, form, idempotencyKey) => {
    const body = { decision: 'decline', comment: form.text('comment') } as const;
    await visit.api.call(decideBankReportEntryRoute, { params: idsOf(visit), body, idempotencyKey });
    return redirect(backTo(visit, 'awaiting_confirmation'), 'Declined: it is listed among those that match nothing.');
  },
});
