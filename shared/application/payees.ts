import type { PayoutRail } from '#shared/domain/ledger/payout';

/** Where a partner is paid. Personal data: lives only in the Partners table. */
export type Payee =
  | {
      readonly rail: 'bank_file';
      /** Account holder. */
      readonly name: string;
      readonly iban: string;
      readonly bic?: string | undefined;
    }
  | {
      /** An account in the United States, paid through the Automated Clearing House. */
      readonly rail: 'nacha';
      readonly name: string;
      /** ABA routing number: nine digits, the last one a check digit. */
      readonly routingNumber: string;
      readonly accountNumber: string;
      readonly accountType: 'checking' | 'savings';
    }
  | {
      /** A connected account of the programme's Stripe account. */
      readonly rail: 'stripe';
      readonly name: string;
      readonly stripeAccountId: string;
    }
  | { readonly rail: 'paypal'; readonly name: string; readonly paypalEmail: string }
  | {
      /** A rail without a bank behind it, for trials: does what `behaviour` says. */
      readonly rail: 'sandbox';
      readonly name: string;
      readonly behaviour: 'settle' | 'fail' | 'return';
    };

/** What may be shown of a payee: never the whole account. */
export type PayeeSummary = {
  readonly rail: PayoutRail;
  readonly name: string;
  readonly ibanEnding?: string | undefined;
  /** The last characters of an account number, a Stripe account or a PayPal address's local part. */
  readonly accountEnding?: string | undefined;
};

const SHOWN = 4;

/** The account of a payee as its rail knows it; `undefined` for a rail without accounts. */
export function accountOf(payee: Payee): string | undefined {
  switch (payee.rail) {
    case 'bank_file':
      return payee.iban.replaceAll(/\s/g, '').toUpperCase();
    case 'nacha':
      return `${payee.routingNumber}/${payee.accountNumber}`;
    case 'stripe':
      return payee.stripeAccountId;
    case 'paypal':
      return payee.paypalEmail.toLowerCase();
    case 'sandbox':
      return undefined;
  }
}

export function summarisePayee(payee: Payee): PayeeSummary {
  const { rail, name } = payee;
  switch (rail) {
    case 'bank_file':
      return { rail, name, ibanEnding: payee.iban.slice(-SHOWN) };
    case 'nacha':
      return { rail, name, accountEnding: payee.accountNumber.slice(-SHOWN) };
    case 'stripe':
      return { rail, name, accountEnding: payee.stripeAccountId.slice(-SHOWN) };
    case 'paypal':
      return { rail, name, accountEnding: maskedAddress(payee.paypalEmail) };
    case 'sandbox':
      return { rail, name };
  }
}

/** Whether two payees are paid alike, field by field. */
export function samePayee(a: Payee, b: Payee): boolean {
  const fields = (payee: Payee): string =>
    JSON.stringify(
      Object.entries(payee)
        .filter(([, value]) => value !== undefined)
        .sort(),
    );
  return fields(a) === fields(b);
}

function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
