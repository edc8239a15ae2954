import { accountOf, type Payee } from '#shared/application/payees';
import type { Digest } from '#shared/application/ports';

/** Where a partner is paid, as far as other services may know: whether two are the same, never what it is. */
export type PayeeAccount = {
  readonly accountHash: string;
  /** Other partners of the programme that are paid into the same, by id; only a few are looked at. */
  readonly samePayeeAs: readonly string[];
};

export type PayeeAccounts = {
  /** `undefined`: no account is known, or it was said before hashes were kept. */
  of(programId: string, partnerId: string): Promise<PayeeAccount | undefined>;
};

/**
 * The hash by which an account is recognised outside the Partners table: SHA-256 of the IBAN without spaces, in capitals, or of
 * another rail's account (`accountOf`), in hexadecimal digits. What merchants send as `paymentHash`. `undefined` for a rail without accounts.
 */
export function accountHashOf(digest: Digest, payee: Payee): string | undefined {
  const account = accountOf(payee);
  return account === undefined ? undefined : digest(account);
}
