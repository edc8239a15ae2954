import type { SealedPayee } from '#shared/application/payee-vault';
import type { Payee, PayeeSummary } from '#shared/application/payees';
import type { Instant } from '#shared/domain/time/instant';

/** Where a partner is paid, as its items are read: what may be shown, and details that are shut. */
export type RecordedPayee = {
  /** The id of the change that set it. */
  readonly payeeId: string;
  readonly shown: PayeeSummary;
  readonly changedAt: Instant;
  /** End of the cool-down that follows a change; absent: usable at once. */
  readonly usableFrom?: Instant | undefined;
  readonly changedBy: string;
  /** The person who made the API key `changedBy`. */
  readonly onBehalfOf?: string | undefined;
  /** `plain`: stored before details were sealed. */
  readonly details: Omit<SealedPayee, 'accountHash'> | { readonly plain: Payee };
};

/** As it is written: never plain. */
export type SetPayee = Omit<RecordedPayee, 'details'> & { readonly details: SealedPayee };

/** The id of a payee that was given with the enrolment. */
export function payeeIdOfEnrolment(partnerId: string): string {
  return `${partnerId}.enrolment`;
}

/** What the partner is told of a change, kept with it: where it was reached before, which a later change of address leaves alone. */
export type PayeeNotice = {
  readonly programId: string;
  readonly partnerId: string;
  readonly payeeId: string;
  readonly name: string;
  readonly email: string;
  readonly shown: PayeeSummary;
  readonly changedAt: Instant;
  readonly usableFrom?: Instant | undefined;
};

export type PayeeStore = {
  payee(programId: string, partnerId: string): Promise<RecordedPayee | undefined>;
  /**
   * Sets it, with the record of who did so and what the partner is to be told, in one transaction. `stale`: it is no longer
   * the one with the id `before`.
   */
  changePayee(payee: SetPayee, notice: PayeeNotice, before: string | undefined): Promise<'changed' | 'stale'>;
  payeeNotice(programId: string, partnerId: string, payeeId: string): Promise<PayeeNotice | undefined>;
};
