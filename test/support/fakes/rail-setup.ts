import type { KeptRailKeys, RailChange, RailChanges, RailKeyStore } from '#shared/application/payouts/rails/rail-setup';

export function makeFakeRailChanges(): RailChanges & { readonly kept: RailChange[] } {
  const kept: RailChange[] = [];
  return {
    kept,
    all: async (programId) => kept.filter((change) => change.programId === programId),
    append: async (change) => {
      const { programId, rail, version } = change;
      const isTaken = kept.some((one) => one.programId === programId && one.rail === rail && one.version === version);
      if (!isTaken) kept.push(change);
      return !isTaken;
    },
  };
}

export function makeFakeRailKeys(): RailKeyStore & {
  readonly kept: Map<string, KeptRailKeys | undefined>;
  fault?: Error;
} {
  const kept = new Map<string, KeptRailKeys | undefined>();
  const store: ReturnType<typeof makeFakeRailKeys> = {
    kept,
    read: async (programId, rail) => kept.get(`${programId}.${rail}`),
    write: async (programId, rail, keys) => {
      if (store.fault) throw store.fault;
      kept.set(`${programId}.${rail}`, keys);
    },
  };
  return store;
}
