import type {
  AccountRail,
  KeptRailKeys,
  RailChange,
  RailChanges,
  RailKeyStore,
  RailKeys,
} from '#shared/application/payouts/rails/rail-setup';
import type { Clock } from '#shared/application/ports';
import type { PayPalAccount } from './paypal-payouts.ts';
import type { RailClients } from './rail-clients.ts';
import type { StripeAccount } from './stripe-connect.ts';

/** A key that was replaced or taken away is used no longer than this, wherever it is remembered. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 1_000;

export type RailAccounts = {
  readonly stripe: (programId: string) => Promise<StripeAccount | undefined>;
  readonly paypal: (programId: string) => Promise<PayPalAccount | undefined>;
  /** Rails that the programme can pay by now. */
  readonly setUp: (programId: string) => Promise<ReadonlySet<AccountRail>>;
};

type SetUp = { readonly change: RailChange; readonly keys: RailKeys };

/** The accounts that programmes pay from: the last change with the keys of the same version, or none. Remembered for a minute. */
export function makeRailAccounts(deps: {
  readonly changes: Pick<RailChanges, 'current'>;
  readonly keys: Pick<RailKeyStore, 'read'>;
  readonly clients: RailClients;
  readonly clock: Clock;
}): RailAccounts {
  const known = new Map<string, { readonly value: Promise<readonly Account[]>; readonly readAtMs: number }>();
  const accountsOf = (programId: string): Promise<readonly Account[]> => {
    const now = deps.clock();
    const entry = known.get(programId);
    if (entry && now - entry.readAtMs < REMEMBERED_MS) return entry.value;
    const fresh = { value: read(deps, programId), readAtMs: now };
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(programId, fresh);
    fresh.value.catch(() => {
      if (known.get(programId) === fresh) known.delete(programId);
    });
    return fresh.value;
  };
  const one = async <R extends AccountRail>(
    programId: string,
    rail: R,
  ): Promise<Extract<Account, { rail: R }> | undefined> =>
    (await accountsOf(programId)).find((account): account is Extract<Account, { rail: R }> => account.rail === rail);
  return {
    stripe: (programId) => one(programId, 'stripe'),
    paypal: (programId) => one(programId, 'paypal'),
    setUp: async (programId) => new Set((await accountsOf(programId)).map(({ rail }) => rail)),
  };
}

type Account = ({ readonly rail: 'stripe' } & StripeAccount) | ({ readonly rail: 'paypal' } & PayPalAccount);

async function read(deps: Parameters<typeof makeRailAccounts>[0], programId: string): Promise<readonly Account[]> {
  const accounts: Account[] = [];
  for (const change of await deps.changes.current(programId)) {
    if (!change.enabled) continue;
    const kept = await deps.keys.read(programId, change.rail);
    if (isOf(change, kept)) accounts.push(accountOf(deps.clients, { change, keys: kept.keys }));
  }
  return accounts;
}

/** Keys without their record were never completely set; those of another version belong to another change. */
function isOf(change: RailChange, kept: KeptRailKeys | undefined): kept is KeptRailKeys {
  return kept?.version === change.version && kept.keys.rail === change.rail;
}

function accountOf(clients: RailClients, { change, keys }: SetUp): Account {
  const account = `${change.account}/${change.mode}`;
  return keys.rail === 'stripe'
    ? { rail: 'stripe', account, client: clients.stripe(keys) }
    : { rail: 'paypal', account, client: clients.paypal(keys) };
}
