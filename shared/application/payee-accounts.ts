import { accountOf, type Payee } from '#shared/application/payees';
import type { Digest } from '#shared/application/ports';

/** Where a partner is paid, as far as other services may know: whether two are the same, never what it is. */
export type PayeeAccount = {
  readonly accountHash: string;
  /** Other partners of the programme that are paid into the same, by id; only a few are looked at. */
  readonly samePayeeAs: readonly string[];
};

export type PayeeAccounts = {
  /** Whether what a merchant sent as `paymentHash` is the account that is kept as `accountHash`. */
  isAccount(accountHash: string, paymentHash: string): Promise<boolean>;
  /** `undefined`: no account is known, or it was said before hashes were kept. */
  of(programId: string, partnerId: string): Promise<PayeeAccount | undefined>;
};

/**
 * The hash of an account as anybody can make it, and merchants send it as `paymentHash`: SHA-256 of the IBAN without spaces, in
 * capitals, or of another rail's account (`accountOf`), in hexadecimal digits. What is stored is a hash of it that takes a key:
 * all account numbers of a bank can be tried. `undefined` for a rail without accounts.
 */
export function accountHashOf(digest: Digest, payee: Payee): string | undefined {
  const account = accountOf(payee);
  return account === undefined ? undefined : digest(account);
}
