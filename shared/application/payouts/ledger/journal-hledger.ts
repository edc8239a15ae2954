import type { Program } from '#shared/application/programs';
import type { JournalEntry, Posting } from '#shared/domain/ledger/journal';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import type { Currency } from '#shared/domain/money/money';
import { compareText } from '#shared/domain/time/instant';

/**
 * The entries as an hledger journal that passes `hledger check --strict ordereddates`: accounts and commodities
 * declared, dates in UTC, amounts exact. Debits are positive, as in hledger.
 */
export function toHledger(program: Program, entries: readonly JournalEntry[]): string {
  const accounts = new Set(entries.flatMap((entry) => entry.postings.map((posting) => posting.account)));
  const currencies = new Set([program.currency, ...entries.map((entry) => entry.currency)]);
  return [
    `; ${oneLine(program.name)}: journal of programme ${program.programId}`,
    'decimal-mark .',
    ...[...currencies].sort(compareText).map(commodity),
    ...[...accounts].sort(compareText).map((account) => `account ${accountName(account)}`),
    ...entries.map(transaction),
    '',
  ].join('\n');
}

/** hledger wants a decimal mark in the sample also when there are no decimals. */
function commodity(currency: Currency): string {
  const decimals = decimalsOf(currency);
  return `commodity ${currency} 1000.${'0'.repeat(decimals)}`;
}

function transaction(entry: JournalEntry): string {
  const tags = [
    `entry:${entry.entryId}`,
    `posted:${entry.postedAt}`,
    ...Object.entries(entry.links).flatMap(([name, id]) => (id === undefined ? [] : [`${tagName(name)}:${id}`])),
  ];
  return [
    '',
    `${entry.postedAt.slice(0, 10)} * ${oneLine(entry.description)}`,
    ...tags.map((tag) => `    ; ${tag}`),
    ...entry.postings.map((posting) => line(posting, entry.currency)),
  ].join('\n');
}

/** Two spaces end an account name. */
function line(posting: Posting, currency: Currency): string {
  return `    ${accountName(posting.account)}  ${currency} ${toDecimal(posting.amountMinor, currency)}`;
}

const TAG_NAMES: Readonly<Record<string, string>> = { statementId: 'statement', payoutId: 'payout' };
function tagName(link: string): string {
  return TAG_NAMES[link] ?? link;
}

/** A colon in a partner's id would make a sub-account of it, and an id may end with one: the middle stays one name. */
function accountName(account: string): string {
  const partner = /^partner:(.+):payable$/.exec(account);
  return partner ? `partner:${(partner[1] ?? '').replaceAll(':', '%3A')}:payable` : account;
}

/** A payee ends at a semicolon, which starts a comment, and at the line's end; `|` would split it from a note. */
function oneLine(text: string): string {
  return text
    .replaceAll(';', ',')
    .replaceAll('|', '/')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
