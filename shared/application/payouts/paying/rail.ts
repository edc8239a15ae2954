import type { Payee } from '#shared/application/payees';
import type { FileRail, Payout, PayoutRail } from '#shared/domain/ledger/payout';
import type { Instant } from '#shared/domain/time/instant';

/**
 * `settled`: the rail pays by accepting, so that no report will follow. `unknown`: no answer came, so that nobody knows yet
 * whether the rail has the payout; its `reason` is for the log and names no payee.
 */
export type RailAnswer =
  | { readonly outcome: 'accepted'; readonly reference?: string | undefined; readonly settled?: boolean | undefined }
  | { readonly outcome: 'rejected'; readonly reason?: string | undefined }
  | { readonly outcome: 'unknown'; readonly reason?: string | undefined };

/** What a rail knows of a key. `never_seen`: it has nothing under it, now. */
export type RailFinding =
  | { readonly state: 'never_seen' }
  | { readonly state: 'accepted' | 'settled'; readonly reference?: string | undefined }
  | {
      readonly state: 'failed' | 'returned';
      readonly reference?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly state: 'unknown'; readonly reason?: string | undefined };

/** Rails that are asked payout by payout. */
export type ApiRailName = Exclude<PayoutRail, FileRail>;

/** With the id of the change that set it, by which a rail remembers whom it was asked to pay without keeping who that is. */
export type PayeeToPay = Payee & { readonly payeeId: string };

/**
 * What moves money. The payout's id is the idempotency key, kept for ever: `submit` with an id the rail has seen
 * moves nothing and answers what the first call led to, which is how an `unknown` is resolved.
 */
export type Rail = {
  /** The rate that the rail publishes, in submissions a second over all shards of a run; absent: none. */
  readonly maxPerSecond?: number | undefined;
  submit(payout: Payout, payee: PayeeToPay): Promise<RailAnswer>;
  /** What became of a payout by its key; moves no money. */
  find(payout: Payout): Promise<RailFinding>;
  /**
   * Ids of a programme's payouts of which something came back since an instant, also after they were settled; `undefined` when the
   * programme has no account there. Absent on a rail that cannot be asked that.
   */
  reversedSince?(programId: string, since: Instant): Promise<readonly string[] | undefined>;
};

/** The rails of an installation; a programme must have set one up before it is used (`rail_not_set_up`). */
export type Rails = Readonly<Partial<Record<ApiRailName, Rail>>>;
