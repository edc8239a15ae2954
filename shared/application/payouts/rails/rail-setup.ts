import { Failure } from '#shared/application/failure';
import type { Instant } from '#shared/domain/time/instant';

/** Rails that pay from an account of the programme's own, which it has to name. */
export const ACCOUNT_RAILS = ['stripe', 'paypal'] as const;
export type AccountRail = (typeof ACCOUNT_RAILS)[number];

export function isAccountRail(rail: string | undefined): rail is AccountRail {
  return ACCOUNT_RAILS.some((one) => one === rail);
}

/** `test`: play money of Stripe's test mode or PayPal's sandbox. */
export type RailMode = 'live' | 'test';

/** What a person sends; secret. */
export type RailKeys =
  | { readonly rail: 'stripe'; readonly secretKey: string }
  | { readonly rail: 'paypal'; readonly clientId: string; readonly clientSecret: string; readonly mode: RailMode };

/** Which of the rail's accounts the keys open, as the rail says. */
export type RailAccount = { readonly mode: RailMode; readonly account: string };

/** A change of how a programme pays by a rail: kept for ever, without its keys. The last one holds. */
export type RailChange = {
  readonly programId: string;
  readonly rail: AccountRail;
  /** Of the rail's changes: 1, 2, 3. The keys in Secrets Manager bear the same, or they count for nothing. */
  readonly version: number;
  readonly enabled: boolean;
  readonly mode: RailMode;
  /** Stripe's `acct_…`, the client id of PayPal's app. */
  readonly account: string;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
  readonly at: Instant;
};

export type RailChanges = {
  /** All of a programme's, by rail, oldest first: they are few. Consistently read. */
  all(programId: string): Promise<readonly RailChange[]>;
  /** False when somebody else took that version. */
  append(change: RailChange): Promise<boolean>;
};

/** The last change of a rail, up to an instant if given. */
export function lastChangeOf(
  changes: readonly RailChange[],
  rail: AccountRail,
  until?: Instant,
): RailChange | undefined {
  return changes.findLast((change) => change.rail === rail && (until === undefined || change.at <= until));
}

/** Keys with the version of the change that set them. */
export type KeptRailKeys = { readonly version: number; readonly keys: RailKeys };

export type RailKeyStore = {
  /** @throws Failure temporarily_unavailable while they cannot be read */
  read(programId: string, rail: AccountRail): Promise<KeptRailKeys | undefined>;
  /** `undefined` takes them away. @throws Failure temporarily_unavailable */
  write(programId: string, rail: AccountRail, kept: KeptRailKeys | undefined): Promise<void>;
};

/** Asks a rail whose keys these are. `refused`: it does not know them, or they may not do what paying needs. */
export type ProbeRail = (keys: RailKeys) => Promise<RailAccount | 'refused' | 'unavailable'>;

type SentKeys =
  | { readonly secretKey: string }
  | { readonly clientId: string; readonly clientSecret: string; readonly mode: RailMode };

/** What was sent as keys of a rail. @throws Failure invalid_request for another rail's keys */
export function railKeysOf(rail: AccountRail, sent: SentKeys): RailKeys {
  if (rail === 'stripe' && 'secretKey' in sent) return { rail, ...sent };
  if (rail === 'paypal' && 'clientId' in sent) return { rail, ...sent };
  const rule = rail === 'stripe' ? 'must be {secretKey}' : 'must be {clientId, clientSecret, mode}';
  throw new Failure('invalid_request', `These are not keys of ${rail}. Send those of the rail in the path.`, {
    errors: [{ pointer: '', rule }],
  });
}

/** Rails that a programme pays by as its changes say it, keys or no keys. */
export function railsOnRecord(changes: readonly RailChange[]): ReadonlySet<AccountRail> {
  return new Set(ACCOUNT_RAILS.filter((rail) => lastChangeOf(changes, rail)?.enabled === true));
}
