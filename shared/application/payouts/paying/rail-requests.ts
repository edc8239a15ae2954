import type { Instant } from '#shared/domain/time/instant';

/** What was sent to a rail for a payout: kept before the rail is asked, so that no crash can hide it. */
export type RailRequest = {
  readonly programId: string;
  readonly payoutId: string;
  readonly rail: 'stripe' | 'paypal';
  /** Whose money: the programme's account at the rail. Another account knows nothing of this payout and must never be asked to pay it. */
  readonly account: string;
  /** Of the payee it was sent with. Not a digest of the account, against which addresses could be tried. */
  readonly payeeId: string;
  readonly firstSentAt: Instant;
  readonly lastSentAt: Instant;
  /** An attempt ended without a certain answer: the rail may have it. */
  readonly inDoubt: boolean;
  /** The rail's own name for it. */
  readonly reference?: string | undefined;
};

/** In the ledger's table, by payout, for ever: rails forget their keys after a day or a month. */
export type RailRequests = {
  /** Keeps the request as in doubt if the payout has none; answers the one that is kept. */
  open(
    request: Omit<RailRequest, 'firstSentAt' | 'lastSentAt' | 'inDoubt' | 'reference'> & { readonly at: Instant },
  ): Promise<{ readonly request: RailRequest; readonly isNew: boolean }>;
  find(programId: string, payoutId: string): Promise<RailRequest | undefined>;
  /**
   * Notes an attempt, before it as in doubt and after it as what it came to. A reference that is known stays.
   * With `ifLastSentAt` only while that attempt is the last one: what a later one came to is not known yet. True when noted.
   */
  note(
    request: Pick<RailRequest, 'programId' | 'payoutId'>,
    change: {
      readonly inDoubt: boolean;
      readonly sentAt?: Instant | undefined;
      readonly reference?: string | undefined;
    },
    ifLastSentAt?: Instant,
  ): Promise<boolean>;
};
