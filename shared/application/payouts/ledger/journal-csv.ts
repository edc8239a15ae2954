import { csvOf, csvText } from '#shared/application/csv';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';

const COLUMNS = [
  'posted_at',
  'entry_id',
  'kind',
  'account',
  'amount',
  'amount_minor',
  'currency',
  'decimals',
  'statement_id',
  'payout_id',
  'reverses',
  'description',
] as const;

/** One row a posting (RFC 4180: CRLF, quotes doubled). Debits are positive; amounts are exact decimals. */
export function toCsv(entries: readonly JournalEntry[]): string {
  const rows = entries.flatMap((entry) =>
    entry.postings.map((posting) => [
      entry.postedAt,
      csvText(entry.entryId),
      entry.kind,
      csvText(posting.account),
      toDecimal(posting.amountMinor, entry.currency),
      posting.amountMinor.toString(),
      entry.currency,
      decimalsOf(entry.currency).toString(),
      csvText(entry.links.statementId ?? ''),
      csvText(entry.links.payoutId ?? ''),
      csvText(entry.links.reverses ?? ''),
      csvText(entry.description),
    ]),
  );
  return csvOf([COLUMNS, ...rows]);
}
