import type { IdempotencyStore, StoredReply } from '#shared/application/idempotency';
import type { Clock } from '#shared/application/ports';

const LEASE_MS = 10_000;

type Entry = {
  readonly state: 'claimed' | 'done' | 'released';
  readonly bodyHash: string;
  readonly leaseUntil: number;
  readonly reply?: StoredReply;
};

/** Idempotency records in memory. */
export function makeFakeIdempotencyStore(clock: Clock = Date.now): IdempotencyStore {
  const entries = new Map<string, Entry>();
  const id = (scope: string, key: string): string => `${scope} ${key}`;
  return {
    claim: async (scope, key, bodyHash) => {
      const entry = entries.get(id(scope, key));
      const isFree = !entry || entry.state === 'released';
      const hasLapsed = entry?.state === 'claimed' && entry.leaseUntil < clock() && entry.bodyHash === bodyHash;
      if (isFree || hasLapsed) {
        entries.set(id(scope, key), { state: 'claimed', bodyHash, leaseUntil: clock() + LEASE_MS });
        return { state: 'claimed' };
      }
      if (entry.bodyHash !== bodyHash) return { state: 'other_body' };
      return entry.reply ? { state: 'done', reply: entry.reply } : { state: 'in_flight' };
    },
    complete: async (scope, key, reply) => {
      const entry = entries.get(id(scope, key));
      if (entry && entry.state !== 'done') entries.set(id(scope, key), { ...entry, state: 'done', reply });
    },
    release: async (scope, key) => {
      const entry = entries.get(id(scope, key));
      if (entry && entry.state !== 'done') entries.set(id(scope, key), { ...entry, state: 'released' });
    },
  };
}
