import type { JournalEntry } from '#shared/domain/journal';
import { decimalsOf, toDecimal } from '#shared/domain/minor-units';

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
      text(entry.entryId),
      entry.kind,
      text(posting.account),
      toDecimal(posting.amountMinor, entry.currency),
      posting.amountMinor.toString(),
      entry.currency,
      decimalsOf(entry.currency).toString(),
      text(entry.links.statementId ?? ''),
      text(entry.links.payoutId ?? ''),
      text(entry.links.reverses ?? ''),
      text(entry.description),
    ]),
  );
  return `${[COLUMNS, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;
}

/**
 * A text field. One that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection);
 * amounts do not pass here: they are digits with at most a sign and a point.
 */
function text(value: string): string {
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) || guarded !== value ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
