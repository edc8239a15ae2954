import type { Payee } from '#shared/application/payees';
import type { FileRail } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { Instant } from '#shared/domain/time/instant';

export type BankAccount = { readonly name: string; readonly iban: string; readonly bic?: string | undefined };

/** An account in the United States. */
export type AchAccount = Pick<
  Extract<Payee, { rail: 'nacha' }>,
  'name' | 'routingNumber' | 'accountNumber' | 'accountType'
>;

/** Who originates entries of the Automated Clearing House, as its bank has set it up. */
export type AchOriginator = {
  /** What the partner reads on the bank statement, at most 16 characters. */
  readonly companyName: string;
  /** Ten characters that the bank assigns, often a digit and the tax number. */
  readonly companyId: string;
  /** Routing number of the bank that originates the entries. */
  readonly originatingDfi: string;
  /** Name of the bank that takes the file, at most 23 characters. */
  readonly bankName: string;
  /** Routing number of where the file is sent; absent: the originating bank. */
  readonly immediateDestination?: string | undefined;
  /** Nine digits or ten characters by which that place knows who sends the file; absent: the company id. */
  readonly immediateOrigin?: string | undefined;
};

export type FilePayment<Account> = {
  /** Unique, in the characters and length that the rail gives back (`endToEndIdOf`). */
  readonly endToEndId: string;
  readonly amountMinor: bigint;
  readonly creditor: Account;
  /** What the partner reads on the bank statement. */
  readonly remittance: string;
};

export type BankPayment = FilePayment<BankAccount>;

export type FileContent<Payer, Account> = {
  readonly messageId: string;
  /** The run's decision: the same at every repetition, so that the bytes are too. */
  readonly createdAt: Instant;
  readonly currency: Currency;
  /** Tells files apart that a payer makes on one day: counts on by one from month to month of a programme. */
  readonly ordinal: number;
  readonly payer: Payer;
  readonly payments: readonly FilePayment<Account>[];
};

/** How the text of a file is called and read, whoever pays. */
export type FileFacts = {
  readonly rail: FileRail;
  readonly name: string;
  readonly mediaType: string;
  readonly extension: string;
  /** How the name of a file begins. */
  readonly stem: string;
  /** What one file has room for; absent: more than a programme can owe. */
  readonly maxPayments?: number | undefined;
  readonly maxSumMinor?: bigint | undefined;
  /** The format that a rendered file has: what a setting says now may be another than when the file was written. */
  nameOf(file: string): string;
  /** The end-to-end ids in a rendered file, in its order. */
  endToEndIdsOf(file: string): readonly string[];
  /** What a rendered file pays by each end-to-end id, in minor units of its currency. */
  amountsOf(file: string): ReadonlyMap<string, bigint>;
};

/** A format of files for a bank. `render` is pure: equal content gives equal bytes. */
export type FileFormat<Payer, Account> = FileFacts & {
  /** @throws RangeError for what the format cannot say: nothing is cut or left out silently */
  render(content: FileContent<Payer, Account>): string;
};
export type BankFileFormat = FileFormat<BankAccount, BankAccount>;
export type AchFileFormat = FileFormat<AchOriginator, AchAccount>;

/** A format together with whose account pays: what a run needs to write its file. */
export type PayingFileRail = FileFacts & {
  /** Absent while the programme has not said whose account pays. */
  readonly render?: ((content: Omit<FileContent<never, Payee>, 'payer'>) => string) | undefined;
};
