import type { Instant } from '#shared/domain/time/instant';

/** Who a partner is on its self-billing invoices. Personal data: lives only in the Partners table. */
export type Billing = {
  readonly legalName: string;
  readonly addressLines: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly taxIds: readonly {
    readonly kind: 'vat' | 'tax';
    readonly country: string;
    readonly value: string;
  }[];
};

export type BillingReader = {
  /**
   * As it was at an instant, or what was said first after it; without one, as it is now. `undefined` until somebody has said it, and
   * after an erasure.
   */
  billing(programId: string, partnerId: string, asOf?: Instant): Promise<Billing | undefined>;
};
