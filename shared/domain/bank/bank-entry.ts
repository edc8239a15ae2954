import { isFileRail, type Payout, type PayoutStatus } from '../ledger/payout.ts';
import type { Currency } from '../money/money.ts';

/** The messages of banks that are read: ISO 20022 pain.002, camt.053, camt.054 and NACHA return and change files. */
export const REPORT_KINDS = ['pain.002', 'camt.053', 'camt.054', 'nacha_return'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/**
 * What a bank says of a payment. `rejected`: it was not carried out. `returned`: its money came back. `in_progress`: nothing is
 * final yet. `notice`: it was carried out, and something must be corrected. `other`: it is no answer to a payment of ours.
 */
export const BANK_WORDS = ['settled', 'rejected', 'returned', 'in_progress', 'notice', 'other'] as const;
export type BankWord = (typeof BANK_WORDS)[number];

/** Why an entry is for a person to look at. */
export const UNMATCHED_RULES = [
  'no_reference',
  'unknown_reference',
  'unknown_file',
  'not_a_payment_of_ours',
  'not_by_file',
  'not_handed_over',
  'amount_unreadable',
  'amount_differs',
  'currency_differs',
  'batch_differs',
  'contradicts_payout',
  'booked_twice',
  'notification_of_change',
  'declined',
] as const;
export type UnmatchedRule = (typeof UNMATCHED_RULES)[number];

/** One payment in a bank's message. Names and accounts are left in the message: none is needed to find a payout. */
export type BankEntry = {
  readonly says: BankWord;
  /** The bank's own word: `BOOK`, `ACSC`, `R03`. */
  readonly bankStatus: string;
  readonly reference?: string | undefined;
  /** Absent where the message gives none, as a pain.002 may. */
  readonly amountMinor?: bigint | undefined;
  readonly currency?: Currency | undefined;
  readonly direction?: 'debit' | 'credit' | undefined;
  /** The bank's own reference of the booking. */
  readonly bankReference?: string | undefined;
  readonly bookedOn?: string | undefined;
  /** Of a rejection or return: code and short text. */
  readonly reason?: string | undefined;
  /** What the reader already knows to be wrong with it. */
  readonly rule?: UnmatchedRule | undefined;
};

/** What a bank says at once of a whole file of ours, one of its blocks, or of a batch that it booked in one sum. */
export type BankGroup = {
  readonly of: 'group';
  readonly says: BankWord;
  readonly bankStatus: string;
  readonly messageId?: string | undefined;
  readonly blockId?: string | undefined;
  /** How many payments and what sum the bank means; each must agree where given. */
  readonly count?: number | undefined;
  readonly sumMinor?: bigint | undefined;
  /** The same as a decimal, where the bank gives no currency. */
  readonly controlSum?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly direction?: 'debit' | 'credit' | undefined;
  readonly bankReference?: string | undefined;
  readonly bookedOn?: string | undefined;
  readonly reason?: string | undefined;
  /** Payments and blocks of which the same message says something of their own. */
  readonly exceptReferences: readonly string[];
  readonly exceptBlocks: readonly string[];
};

export type BankVerdict =
  | { readonly does: 'settle' }
  /** Gives money back: a second person has to confirm. */
  | { readonly does: 'give_back'; readonly outcome: 'failed' | 'returned' }
  /** The payout is that far already, or the bank has not finished. */
  | { readonly does: 'nothing' }
  | { readonly does: 'list'; readonly rule: UnmatchedRule };

const list = (rule: UnmatchedRule): BankVerdict => ({ does: 'list', rule });

/**
 * What an entry means for the payout that its reference names. Amount and currency must be the payout's; a message without them
 * (pain.002 may leave them out) is believed for its reference alone, which is one payout's for ever.
 * A rejection of a payout that has settled is a return: the money is back either way.
 */
export function weighBankEntry(entry: BankEntry, payout: Payout | undefined): BankVerdict {
  if (entry.says === 'in_progress') return { does: 'nothing' };
  if (entry.rule !== undefined) return list(entry.rule);
  if (entry.says === 'other') return list('not_a_payment_of_ours');
  if (entry.reference === undefined) return list('no_reference');
  if (payout === undefined) return list('unknown_reference');
  const fault = faultOf(entry, payout);
  return fault === undefined ? answerOf(entry.says, payout.status) : list(fault);
}

function faultOf(entry: BankEntry, payout: Payout): UnmatchedRule | undefined {
  if (payout.status === 'created' || payout.status === 'submitting') return 'not_handed_over';
  if (!isFileRail(payout.rail)) return 'not_by_file';
  if (entry.says === 'notice') return 'notification_of_change';
  if (entry.currency !== undefined && entry.currency !== payout.currency) return 'currency_differs';
  if (entry.amountMinor !== undefined && entry.amountMinor !== payout.amountMinor) return 'amount_differs';
  return undefined;
}

function answerOf(says: BankWord, status: PayoutStatus): BankVerdict {
  const isBack = status === 'failed' || status === 'returned';
  if (says === 'settled') {
    if (status === 'submitted') return { does: 'settle' };
    // What came back was debited first; what the bank refused was not.
    return status === 'failed' ? list('contradicts_payout') : { does: 'nothing' };
  }
  if (isBack) return { does: 'nothing' };
  return { does: 'give_back', outcome: says === 'rejected' && status !== 'settled' ? 'failed' : 'returned' };
}

/**
 * What makes two entries one: the same payment listed in a notification, then in a statement, or in a file sent twice.
 * `undefined` for an entry that says nothing final or has nothing to know it by: each of these stands alone.
 * A payout of ours is paid once and comes back once, whatever reference the bank gives the booking; a reference of somebody
 * else, such as a monthly rent's, may be used again.
 */
export function identityOf(entry: BankEntry, isOurs: boolean): string | undefined {
  const { says, reference, amountMinor, currency, direction, bankReference, bookedOn } = entry;
  if (says === 'in_progress') return undefined;
  if (reference === undefined && bankReference === undefined) return undefined;
  const booking = isOurs ? [] : [bankReference ?? '', bookedOn ?? ''];
  return [says, direction ?? '', reference ?? '', amountMinor ?? '', currency ?? '', ...booking].join('|');
}
