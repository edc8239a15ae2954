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
      /** A rail without a bank behind it, for trials: does what `behaviour` says. */
      readonly rail: 'sandbox';
      readonly name: string;
      readonly behaviour: 'settle' | 'fail' | 'return';
    };
