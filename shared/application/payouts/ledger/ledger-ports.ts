import type { Page } from '#shared/application/ports';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import type { FileRail, Payout, PayoutChange } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';
import type { PayoutResolution, ResolutionDecision } from '#shared/domain/ledger/payout-resolution';
import type { Currency } from '#shared/domain/money/money';
import type { Instant, Period } from '#shared/domain/time/instant';

/** A statement that was posted, as others are told of it. */
export type PostedStatement = {
  readonly programId: string;
  readonly partnerId: string;
  readonly statementId: string;
  readonly period: Period;
  readonly currency: Currency;
  readonly payableMinor: bigint;
  readonly postedAt: Instant;
};

/** Posting one statement: what is stored together or not at all. */
export type StatementPosting = {
  readonly programId: string;
  readonly partnerId: string;
  readonly currency: Currency;
  readonly postedAt: Instant;
  /** What others are told of it, stored with the rest; by itself where there is no rest. */
  readonly statement?: Pick<PostedStatement, 'statementId' | 'period' | 'payableMinor'> | undefined;
  /** Absent when the statement moves nothing. */
  readonly entry?: JournalEntry | undefined;
  readonly payout?: Payout | undefined;
};

/** `refused`: a condition did not hold, because it was written before or another writer came first. Nothing is stored. */
export type WriteOutcome = 'applied' | 'refused';

/** The only way that money moves: an entry, the partner's balance and the payout change in one transaction. */
export type Ledger = {
  post(posting: StatementPosting): Promise<WriteOutcome>;
  /** Changes of one payout, each from the one before, with their records; only while it is stored as it was before the first. */
  change(...changes: readonly PayoutChange[]): Promise<WriteOutcome>;
};

export type Balance = {
  readonly currency: Currency;
  /** What we owe the partner; negative when clawbacks exceed it. */
  readonly payableMinor: bigint;
  /** Payouts created and not yet submitted or failed. A statement opens with payable minus reserved. */
  readonly reservedMinor: bigint;
};

export type Balances = {
  /** By currency; read consistently. Empty for a partner that never had a posting. */
  of(programId: string, partnerId: string): Promise<readonly Balance[]>;
};

export type Journal = {
  /** All entries of a partner, in no order; read consistently. */
  ofPartner(programId: string, partnerId: string): AsyncIterable<JournalEntry>;
  /** Entries posted in a UTC month (`YYYY-MM`), by `postedAt`, then id. */
  ofMonth(programId: string, month: string): AsyncIterable<JournalEntry>;
};

/** Where an entry stands in the journal. */
export type JournalPlace = Pick<JournalEntry, 'postedAt' | 'partnerId' | 'entryId'>;

export type JournalPages = {
  /**
   * Entries of a UTC month (`YYYY-MM`) that were posted between two instants of it, both inclusive, by `postedAt`, then id; from an
   * index, so a moment late. `more`: there are further ones behind the last.
   */
  ofMonth(
    programId: string,
    page: {
      readonly month: string;
      readonly order: 'newest' | 'oldest';
      readonly from: Instant;
      readonly to: Instant;
      readonly after?: JournalPlace | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly items: readonly JournalEntry[]; readonly more: boolean }>;
  /** Read consistently. */
  get(programId: string, partnerId: string, entryId: string): Promise<JournalEntry | undefined>;
};

export type Payouts = {
  /** Read consistently. */
  get(programId: string, payoutId: string): Promise<Payout | undefined>;
  /** Those of the ids that exist, in no order; read consistently. */
  getMany(programId: string, payoutIds: readonly string[]): Promise<readonly Payout[]>;
  /** Payouts of a run by id, of one partner if given; from an index, so a moment late. */
  ofRun(
    programId: string,
    runId: string,
    page: { readonly partnerId?: string | undefined; readonly after?: string | undefined; readonly limit: number },
  ): Promise<Page<Payout>>;
  /** Payouts of all runs in a reserved status whose partner lies between the two ids; from an index, so a moment late. */
  reserved(programId: string, partners: { readonly first: string; readonly last: string }): AsyncIterable<Payout>;
  /** Ids of the payouts that were claimed for the bank files of a run; read consistently, by currency, then id. */
  inBankFilesOf(
    programId: string,
    runId: string,
  ): AsyncIterable<{ readonly currency: Currency; readonly payoutId: string }>;
};

export type PayoutHistory = {
  /** From the first recorded change to the last; read consistently. */
  of(programId: string, payoutId: string): Promise<readonly PayoutRecord[]>;
};

export type PayoutResolutions = {
  /** Stores a proposal, which changes nothing; `refused` when there is one with its id already. */
  propose(resolution: PayoutResolution): Promise<WriteOutcome>;
  /** Read consistently. */
  get(programId: string, payoutId: string, resolutionId: string): Promise<PayoutResolution | undefined>;
  /** Of one payout; read consistently. */
  ofPayout(programId: string, payoutId: string): Promise<readonly PayoutResolution[]>;
  /** Of the payouts of a run, by payout, whatever became of them; from an index, so a moment late. */
  ofRun(programId: string, runId: string): AsyncIterable<PayoutResolution>;
  /**
   * Ends a proposal and makes the changes that it leads to, all or nothing; `refused` when it was decided meanwhile, or the
   * payout is no longer as it was before the first change.
   */
  decide(
    resolution: PayoutResolution,
    decision: ResolutionDecision,
    changes: readonly PayoutChange[],
  ): Promise<WriteOutcome>;
};

export type BankFile = {
  readonly programId: string;
  readonly runId: string;
  readonly currency: Currency;
  readonly rail: FileRail;
  readonly format: string;
  readonly messageId: string;
  readonly documentKey: string;
  readonly count: number;
  readonly controlSumMinor: bigint;
  readonly sha256: string;
  readonly createdAt: Instant;
};

export type BankFiles = {
  get(programId: string, runId: string, currency: Currency, rail: FileRail): Promise<BankFile | undefined>;
  /** By currency, then rail. */
  list(programId: string, runId: string): Promise<readonly BankFile[]>;
  create(file: BankFile): Promise<WriteOutcome>;
};

export type Documents = {
  /** Stores the text unless there is one under the key; answers the text that is stored. */
  putOnce(key: string, text: string, mediaType: string): Promise<string>;
  /** @throws when there is none */
  get(key: string): Promise<string>;
};
