import type { Payee } from '#shared/application/payees';

/** Whose details they are: opened under any other name they stay shut. */
export type PayeeOwner = { readonly programId: string; readonly partnerId: string };

/** Details as they are stored, and what can be told of them without opening them. */
export type SealedPayee = {
  /** Ciphertext in base64. */
  readonly sealed: string;
  /** Equal for equal details of one partner; says nothing to who has not the key it was made with. */
  readonly fingerprint: string;
  /** By which two partners of a programme that are paid into one account are found; absent for a rail without accounts. */
  readonly accountHash?: string | undefined;
};

/** Seals details: one call of the key service. */
export type PayeeSealer = {
  seal(owner: PayeeOwner, payee: Payee): Promise<SealedPayee>;
  fingerprint(owner: PayeeOwner, payee: Payee): Promise<string>;
  /** A hash of what holds details among things that are known: without the key nobody can try them. */
  hash(text: string): Promise<string>;
};

/** Opens details: one call of the key service each time, so that nothing outlives the payout it was read for. */
export type PayeeOpener = { open(owner: PayeeOwner, sealed: string): Promise<Payee> };
