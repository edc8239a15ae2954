import type { SessionStore, StoredSession, Visits } from '#shared/application/console/ports';

/** Sessions in memory, under the conditions of the real store. */
export function makeMemorySessions(): SessionStore & { readonly kept: ReadonlyMap<string, StoredSession | 'closed'> } {
  const kept = new Map<string, StoredSession | 'closed'>();
  const visits = new Map<string, Visits>();
  const change = (id: string, next: (open: StoredSession) => StoredSession | undefined): boolean => {
    const session = kept.get(id);
    const changed = session === undefined || session === 'closed' ? undefined : next(session);
    if (changed) kept.set(id, changed);
    return changed !== undefined;
  };
  return {
    kept,
    async open(session) {
      if (kept.has(session.id)) throw new Error('this secret was used');
      kept.set(session.id, session);
    },
    async find(id) {
      const session = kept.get(id);
      return session === 'closed' ? undefined : session;
    },
    touch: async (id, at) => change(id, (open) => ({ ...open, lastSeenAt: at })),
    claimRenewal: async ({ id, version }, now, until) =>
      change(id, (open) =>
        open.version === version && (open.renewingUntil ?? 0) <= now ? { ...open, renewingUntil: until } : undefined,
      ),
    renew: async ({ id, version }, sealed, now) =>
      change(id, ({ renewingUntil: _lease, ...open }) =>
        open.version === version ? { ...open, sealed, version: version + 1, lastSeenAt: now } : undefined,
      ),
    async releaseRenewal({ id, version }) {
      change(id, ({ renewingUntil: _lease, ...open }) => (open.version === version ? open : undefined));
    },
    async close(id) {
      kept.set(id, 'closed');
    },
    visits: async (hash) => visits.get(hash),
    async keepVisits(hash, seen) {
      visits.set(hash, JSON.parse(JSON.stringify(seen)) as Visits);
    },
  };
}
