import type { Payee } from '#shared/application/payees';
import type { PartnerTerms } from '#shared/domain/plan/plan';
import type { Instant } from '#shared/domain/time/instant';

/** With the moment since which these details are valid: a payout by them needs an approval that came after. */
export type DatedPayee = Payee & { readonly changedAt: Instant };

/** What other services may read of partners, through the Partners table's contract index and by key; read-only. */
export type PartnerTermsReader = {
  /** Ids in code-unit order, at most `limit`, those after `after`. */
  listIds(programId: string, page: { after?: string | undefined; limit: number }): Promise<readonly string[]>;
  terms(programId: string, partnerId: string): Promise<PartnerTerms | undefined>;
  /** `undefined` while the partner has not said where to be paid. */
  payee(programId: string, partnerId: string): Promise<DatedPayee | undefined>;
  /** Hash of the partner's normalised e-mail address, for self-referral checks; `undefined` for an unknown partner. */
  emailHash(programId: string, partnerId: string): Promise<string | undefined>;
};
