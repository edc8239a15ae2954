import type { Payee } from '#shared/application/payees';
import type { PayoutRail } from '#shared/domain/ledger/payout';
import type { PartnerTerms } from '#shared/domain/plan/plan';
import type { Instant } from '#shared/domain/time/instant';

/** What is known of a payee without its details. */
export type PayeeOnRecord = {
  /** The change that set it: another id, other details. */
  readonly payeeId: string;
  readonly rail: PayoutRail;
  /** The moment since which these details are valid. */
  readonly changedAt: Instant;
  /** End of the cool-down that follows a change; absent: usable at once. */
  readonly usableFrom?: Instant | undefined;
};

/** With its details: only what hands payouts over reads them. */
export type DatedPayee = Payee & Omit<PayeeOnRecord, 'rail'>;

/** What other services may read of partners, through the Partners table's contract index and by key; read-only. */
export type PartnerTermsReader = {
  /** Ids in code-unit order, at most `limit`, those after `after`. */
  listIds(programId: string, page: { after?: string | undefined; limit: number }): Promise<readonly string[]>;
  terms(programId: string, partnerId: string): Promise<PartnerTerms | undefined>;
  /** `undefined` while the partner has not said where to be paid. */
  payee(programId: string, partnerId: string): Promise<DatedPayee | undefined>;
  /** The same without the details, which takes no right to read them. */
  payeeOnRecord(programId: string, partnerId: string): Promise<PayeeOnRecord | undefined>;
  /** Hash of the partner's normalised e-mail address, for self-referral checks; `undefined` for an unknown partner. */
  emailHash(programId: string, partnerId: string): Promise<string | undefined>;
};
