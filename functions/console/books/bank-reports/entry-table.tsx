import type { JSX } from 'preact';
import { baseOf } from '#console/books/books-frame';
import { Badge, Facts, Table, Time } from '#console/ui/parts';
import { type BankEntry, bankSays, entryState, ruleWords } from '#functions/console/books/bank-reports/bank-words';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';

type EntriesProps = { readonly visit: Visit; readonly items: readonly BankEntry[] };

/** Entries below each other, with what they led to. */
export function EntryTable({ visit, items }: EntriesProps): JSX.Element {
  const { format } = visit;
  const base = baseOf(visit);
  return (
    <Table
      caption="Entries"
      rows={items}
      keyOf={({ entryId }) => entryId}
      columns={[
        {
          label: 'The bank says',
          cell: ({ says, bankStatus, reason }) => (
            <>
              {bankSays(says)} <span class="text-secondary">({bankStatus})</span>
              {reason ? <div class="text-secondary">{reason}</div> : null}
            </>
          ),
        },
        {
          label: 'Payout',
          cell: ({ payoutId, reference }) =>
            payoutId ? (
              <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>{payoutId}</a>
            ) : (
              (reference ?? 'none')
            ),
        },
        {
          label: 'Amount',
          isNumber: true,
          cell: ({ amountMinor, currency }) =>
            amountMinor === undefined || currency === undefined ? '' : format.amount(amountMinor, currency),
        },
        {
          label: 'State',
          cell: (entry) => {
            const [tone, word] = entryState(entry);
            return (
              <>
                <Badge tone={tone}>{word}</Badge>
                {entry.status === 'unmatched' ? <div class="text-secondary">{ruleWords(entry.rule)}</div> : null}
              </>
            );
          },
        },
      ]}
    />
  );
}

/** All that is known of one entry. */
export function EntryFacts({
  visit,
  entry,
  names,
}: {
  readonly visit: Visit;
  readonly entry: BankEntry;
  readonly names: NamesOf;
}): JSX.Element {
  const { format } = visit;
  const base = baseOf(visit);
  const { amountMinor, currency, payoutId, decision } = entry;
  return (
    <Facts
      rows={[
        ['The bank says', `${bankSays(entry.says)} (${entry.bankStatus})`],
        [
          'Amount',
          amountMinor === undefined || currency === undefined ? undefined : format.amount(amountMinor, currency),
        ],
        ['Why', entry.reason],
        ['Reference', entry.reference],
        ['Bank’s own reference', entry.bankReference],
        ['Booked on', entry.bookedOn],
        ['Why it matches nothing', entry.status === 'unmatched' ? ruleWords(entry.rule) : undefined],
        ['Payout', payoutId && <a href={`${base}/payouts/${encodeURIComponent(payoutId)}`}>{payoutId}</a>],
        ['Sent in or matched by', names.person(entry.proposedBy)],
        ['Handled by', entry.resolvedBy && names.person(entry.resolvedBy)],
        ['Note', entry.note],
        [
          'Decision',
          decision && (
            <>
              {decision.decision === 'confirm' ? 'Confirmed' : 'Declined'} by {names.person(decision.by)},{' '}
              <Time at={decision.at} format={format} />
              {decision.comment ? `: ${decision.comment}` : ''}
            </>
          ),
        ],
        ['Report', <a href={`${base}/bank-reports/${entry.reportId}`}>Its report</a>],
      ]}
    />
  );
}
