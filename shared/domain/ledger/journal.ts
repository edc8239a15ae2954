import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/instant.ts';

/**
 * The double-entry journal (design.md, Ledger accounts).
 *
 * Sign: a debit is positive, a credit negative, and each entry sums to zero. `partner:{id}:payable` is a liability,
 * so what we owe a partner is the negated sum of its postings; `cash` and `payouts:in_transit` grow with debits.
 */
export type Posting = { readonly account: string; readonly amountMinor: bigint };

export const ENTRY_KINDS = ['statement', 'submission', 'settlement', 'failure', 'return'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export type EntryLinks = {
  readonly statementId?: string | undefined;
  readonly payoutId?: string | undefined;
  /** The entry that this one takes back. */
  readonly reverses?: string | undefined;
};

/** Written once, never changed: a correction is a new entry with `reverses`. */
export type JournalEntry = {
  /** Derived from what it records, so that it can be written only once. */
  readonly entryId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly postedAt: Instant;
  readonly kind: EntryKind;
  readonly currency: Currency;
  readonly postings: readonly Posting[];
  readonly links: EntryLinks;
  readonly description: string;
};

export const EXPENSE_COMMISSION = 'expense:commission';
/** What partners owed and we gave up: apart from commission, because it is a loss and not a cost of sales. */
export const EXPENSE_WRITE_OFF = 'expense:write_off';
export const PAYOUTS_IN_TRANSIT = 'payouts:in_transit';
export const CASH = 'cash';

export function payableAccount(partnerId: string): string {
  return `partner:${partnerId}:payable`;
}

/** The partner whose account it is; `undefined` for a house account or none at all. */
export function partnerOfAccount(account: string): string | undefined {
  return /^partner:(.+):payable$/.exec(account)?.[1];
}

/** @throws RangeError for an entry without two postings above zero, or whose postings do not sum to zero. */
export function journalEntry(entry: JournalEntry): JournalEntry {
  if (entry.postings.length < 2) throw new RangeError(`${entry.entryId}: an entry has at least two postings`);
  if (entry.postings.some((posting) => posting.amountMinor === 0n)) {
    throw new RangeError(`${entry.entryId}: a posting of zero records nothing`);
  }
  if (sumOf(entry.postings) !== 0n) throw new RangeError(`${entry.entryId}: postings do not sum to zero`);
  return entry;
}

/** Moves `amountMinor` from the credited to the debited account; a negative amount moves it back. */
export function transfer(debit: string, credit: string, amountMinor: bigint): readonly Posting[] {
  return [
    { account: debit, amountMinor },
    { account: credit, amountMinor: -amountMinor },
  ];
}

/**
 * What a statement books: the change of what we owe the partner, of which `writtenOffMinor` is a loss and the rest
 * commission. Commission and write-off may cancel out, and are booked all the same; empty when there is nothing to book.
 */
export function statementPostings(partnerId: string, movedMinor: bigint, writtenOffMinor: bigint): readonly Posting[] {
  return [
    { account: EXPENSE_COMMISSION, amountMinor: movedMinor - writtenOffMinor },
    { account: EXPENSE_WRITE_OFF, amountMinor: writtenOffMinor },
    { account: payableAccount(partnerId), amountMinor: -movedMinor },
  ].filter(({ amountMinor }) => amountMinor !== 0n);
}

/** By how much the entry raises what we owe the partner. */
export function payableChange(entry: JournalEntry): bigint {
  const account = payableAccount(entry.partnerId);
  return -sumOf(entry.postings.filter((posting) => posting.account === account));
}

/** Balance of each account and currency, debits positive: how house accounts are derived. */
export function accountBalances(entries: Iterable<JournalEntry>): ReadonlyMap<string, ReadonlyMap<Currency, bigint>> {
  const accounts = new Map<string, Map<Currency, bigint>>();
  for (const entry of entries) {
    for (const { account, amountMinor } of entry.postings) {
      const balances = accounts.get(account) ?? new Map<Currency, bigint>();
      balances.set(entry.currency, (balances.get(entry.currency) ?? 0n) + amountMinor);
      accounts.set(account, balances);
    }
  }
  return accounts;
}

function sumOf(postings: readonly Posting[]): bigint {
  return postings.reduce((sum, posting) => sum + posting.amountMinor, 0n);
}
