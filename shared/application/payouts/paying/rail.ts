import type { Payee } from '#shared/application/payees';
import type { Payout } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { Instant } from '#shared/domain/time/instant';

/** `unknown`: no answer came, so that nobody knows yet whether the rail has the payout. */
export type RailAnswer =
  | { readonly outcome: 'accepted'; readonly reference?: string | undefined }
  | { readonly outcome: 'rejected'; readonly reason?: string | undefined }
  | { readonly outcome: 'unknown' };

/**
 * What moves money. The payout's id is the idempotency key, kept for ever: `submit` with an id the rail has seen
 * moves nothing and answers what the first call led to, which is how an `unknown` is resolved.
 */
export type Rail = {
  submit(payout: Payout, payee: Payee): Promise<RailAnswer>;
};

export type BankAccount = { readonly name: string; readonly iban: string; readonly bic?: string | undefined };

export type BankPayment = {
  readonly endToEndId: string;
  readonly amountMinor: bigint;
  readonly creditor: BankAccount;
  /** What the partner reads on the bank statement. */
  readonly remittance: string;
};

export type BankFileContent = {
  readonly messageId: string;
  /** The run's decision: the same at every repetition, so that the bytes are too. */
  readonly createdAt: Instant;
  readonly currency: Currency;
  readonly debtor: BankAccount;
  readonly payments: readonly BankPayment[];
};

/** A format of bank files. `render` is pure: equal content gives equal bytes. */
export type BankFileFormat = {
  readonly name: string;
  render(content: BankFileContent): string;
  /** The end-to-end ids in a rendered file, in its order. */
  endToEndIdsOf(file: string): readonly string[];
};
