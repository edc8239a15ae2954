import {
  ACCOUNT_RAILS,
  type AccountRail,
  type KeptRailKeys,
  lastChangeOf,
  type RailChange,
  type RailChanges,
  type RailKeyStore,
  type RailKeys,
} from '#shared/application/payouts/rails/rail-setup';
import type { Clock } from '#shared/application/ports';
import type { Instant } from '#shared/domain/time/instant';
import type { PayPalAccount } from './paypal-payouts.ts';
import type { RailClients } from './rail-clients.ts';
import type { StripeAccount } from './stripe-connect.ts';

/** A key that was replaced or taken away is used no longer than this, wherever it is remembered. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 1_000;

export type RailAccounts = {
  readonly stripe: (programId: string) => Promise<StripeAccount | undefined>;
  readonly paypal: (programId: string) => Promise<PayPalAccount | undefined>;
  /** Rails that the programme can pay by now, from the same account as at `asOf`: approvers have seen no later one. */
  readonly setUp: (programId: string, asOf?: Instant) => Promise<ReadonlySet<AccountRail>>;
};

type Account = ({ readonly rail: 'stripe' } & StripeAccount) | ({ readonly rail: 'paypal' } & PayPalAccount);
type Known = { readonly accounts: readonly Account[]; readonly changes: readonly RailChange[] };

/** The accounts that programmes pay from: the last change with the keys of the same version, or none. Remembered for a minute. */
export function makeRailAccounts(deps: {
  readonly changes: Pick<RailChanges, 'all'>;
  readonly keys: Pick<RailKeyStore, 'read'>;
  readonly clients: RailClients;
  readonly clock: Clock;
}): RailAccounts {
  const remembered = new Map<string, { readonly value: Promise<Known>; readonly readAtMs: number }>();
  const knownOf = (programId: string): Promise<Known> => {
    const now = deps.clock();
    const entry = remembered.get(programId);
    if (entry && now - entry.readAtMs < REMEMBERED_MS) return entry.value;
    const fresh = { value: read(deps, programId), readAtMs: now };
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(programId, fresh);
    fresh.value.catch(() => {
      if (remembered.get(programId) === fresh) remembered.delete(programId);
    });
    return fresh.value;
  };
  const one = async <R extends AccountRail>(
    programId: string,
    rail: R,
  ): Promise<Extract<Account, { rail: R }> | undefined> =>
    (await knownOf(programId)).accounts.find(
      (account): account is Extract<Account, { rail: R }> => account.rail === rail,
    );
  return {
    stripe: (programId) => one(programId, 'stripe'),
    paypal: (programId) => one(programId, 'paypal'),
    setUp: async (programId, asOf) => {
      const { accounts, changes } = await knownOf(programId);
      const isAsSeen = ({ rail, account }: Account): boolean => {
        const seen = lastChangeOf(changes, rail, asOf);
        return seen?.enabled === true && nameOf(seen) === account;
      };
      return new Set(accounts.filter(isAsSeen).map(({ rail }) => rail));
    },
  };
}

async function read(deps: Parameters<typeof makeRailAccounts>[0], programId: string): Promise<Known> {
  const changes = await deps.changes.all(programId);
  const accounts: Account[] = [];
  for (const rail of ACCOUNT_RAILS) {
    const change = lastChangeOf(changes, rail);
    if (!change?.enabled) continue;
    const kept = await deps.keys.read(programId, rail);
    if (isOf(change, kept)) accounts.push(accountOf(deps.clients, change, kept.keys));
  }
  return { accounts, changes };
}

/** Keys without their record were never completely set; those of another version belong to another change. */
function isOf(change: RailChange, kept: KeptRailKeys | undefined): kept is KeptRailKeys {
  return kept?.version === change.version && kept.keys.rail === change.rail;
}

function nameOf({ account, mode }: RailChange): string {
  return `${account}/${mode}`;
}

function accountOf(clients: RailClients, change: RailChange, keys: RailKeys): Account {
  const account = nameOf(change);
  return keys.rail === 'stripe'
    ? { rail: 'stripe', account, client: clients.stripe(keys) }
    : { rail: 'paypal', account, client: clients.paypal(keys) };
}
