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

/** `undefined` until somebody has said it, and after an erasure. */
export type BillingReader = { billing(programId: string, partnerId: string): Promise<Billing | undefined> };
