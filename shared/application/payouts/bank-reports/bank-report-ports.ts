import type { WriteOutcome } from '#shared/application/payouts/ledger/ledger-ports';
import type { Page } from '#shared/application/ports';
import type { BankEntry, BankGroup, ReportKind, UnmatchedRule } from '#shared/domain/bank/bank-entry';
import type { PayoutStatus } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { Instant } from '#shared/domain/time/instant';

/** A bank's message as it was read. */
export type ReadReport = {
  readonly kind: ReportKind;
  /** By which the bank knows its message; of a NACHA file its time of creation and modifier. */
  readonly messageId: string;
  readonly items: readonly (BankEntry | BankGroup)[];
};

/** One of our own payments, as it stands in a file that the bank was given. */
export type FiledPayment = {
  readonly blockId: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
};

/** The formats of banks. Pure: the same text reads the same, for ever. */
export type BankFormats = {
  /** @throws Failure invalid_request saying which rule the text breaks */
  read(text: string): ReadReport;
  /** The payments of a bank file that this system wrote. */
  paymentsOf(file: string): readonly FiledPayment[];
};

/** What the entries of a report led to, counted when it was worked through. */
export type ReportCounts = {
  readonly booked: number;
  readonly noChange: number;
  readonly awaitingConfirmation: number;
  readonly unmatched: number;
  readonly alreadyKnown: number;
};

export const NO_COUNTS: ReportCounts = {
  booked: 0,
  noChange: 0,
  awaitingConfirmation: 0,
  unmatched: 0,
  alreadyKnown: 0,
};

export type BankReport = {
  /** The SHA-256 of its file: the same file is the same report. */
  readonly reportId: string;
  readonly programId: string;
  readonly kind: ReportKind;
  readonly messageId: string;
  readonly documentKey: string;
  readonly receivedAt: Instant;
  readonly receivedBy: string;
  readonly status: 'processing' | 'done';
  /** How many of its entries are worked through; `entryCount` is known once the work has begun. */
  readonly processed: number;
  readonly entryCount?: number | undefined;
  /** When a call last left work behind: it goes on by itself from there. */
  readonly interruptedAt?: Instant | undefined;
  readonly counts: ReportCounts;
};

/**
 * `booking` and `confirmed`: decided and not yet in the journal, which whoever comes next makes up for.
 * `handled`: a person has looked at what matched nothing.
 */
export type EntryStatus =
  | 'booking'
  | 'booked'
  | 'no_change'
  | 'awaiting_confirmation'
  | 'confirmed'
  | 'unmatched'
  | 'handled';

export type EntryDecision = {
  readonly decision: 'confirm' | 'decline';
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string | undefined;
};

export type StoredEntry = Omit<BankEntry, 'rule'> & {
  readonly entryId: string;
  readonly programId: string;
  readonly kind: ReportKind;
  /** Where it was met first. */
  readonly reportId: string;
  readonly ordinal: number;
  readonly recordedAt: Instant;
  readonly status: EntryStatus;
  readonly rule?: UnmatchedRule | undefined;
  readonly payoutId?: string | undefined;
  readonly outcome?: 'settled' | 'failed' | 'returned' | undefined;
  readonly statusBefore?: PayoutStatus | undefined;
  readonly statusAfter?: PayoutStatus | undefined;
  /** Who says so: uploaded it or matched it by hand. Somebody else has to confirm what gives money back. */
  readonly proposedBy: string;
  readonly decision?: EntryDecision | undefined;
  /** Who closed it by hand, or matched it, and when. */
  readonly resolvedBy?: string | undefined;
  readonly resolvedAt?: Instant | undefined;
  readonly note?: string | undefined;
  /** The bank's reference by kind of message: a second one in the same kind is a second booking. */
  readonly seen: Readonly<Partial<Record<ReportKind, string>>>;
  readonly version: number;
};

/** What one entry of a report came to when the report was worked through. */
export type EntryResult = { readonly entryId: string; readonly alreadyKnown: boolean };

export type ResultPage = { readonly from: number; readonly results: readonly EntryResult[] };

export type BankReports = {
  create(report: BankReport): Promise<WriteOutcome>;
  get(programId: string, reportId: string): Promise<BankReport | undefined>;
  /** From the newest; from an index, so a moment late. @throws Failure invalid_request for a cursor it did not give */
  list(
    programId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<BankReport>>;
  /** Stores a page of results and moves the report on, only from where the page begins. */
  advance(report: BankReport, page: ResultPage): Promise<WriteOutcome>;
  /** Says that a call left the rest of the report, unless another has gone on with it. */
  interrupt(report: BankReport, at: Instant): Promise<WriteOutcome>;
  /** The page of results that holds the entry with this number, counted from 0. */
  resultsAt(programId: string, reportId: string, ordinal: number): Promise<ResultPage | undefined>;
};

export type BankEntries = {
  create(entry: StoredEntry): Promise<WriteOutcome>;
  get(programId: string, entryId: string): Promise<StoredEntry | undefined>;
  getMany(programId: string, entryIds: readonly string[]): Promise<readonly StoredEntry[]>;
  /** Only while the stored one has the version before. */
  replace(entry: StoredEntry): Promise<WriteOutcome>;
  /** Oldest first; from an index, so a moment late. @throws Failure invalid_request for a cursor it did not give */
  list(
    programId: string,
    status: ListedStatus,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<StoredEntry>>;
};

/** Entries that a person has to do with, by which they are listed over all reports. */
export const LISTED_STATUSES = ['unmatched', 'awaiting_confirmation', 'handled'] as const;
export type ListedStatus = (typeof LISTED_STATUSES)[number];
