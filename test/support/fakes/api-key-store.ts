import type { ApiKey, ApiKeyStore } from '#shared/application/partners/ports';
import { compareText } from '#shared/domain/time/instant';

/** API keys in memory, by id and by the hash of their secret. */
export function makeMemoryApiKeys(): ApiKeyStore & { readonly reads: { byHash: number } } {
  const keys = new Map<string, ApiKey>();
  const ids = new Map<string, string>();
  const reads = { byHash: 0 };
  return {
    reads,
    async create(key, secretHash) {
      if (keys.has(key.keyId) || ids.has(secretHash)) return 'exists';
      keys.set(key.keyId, key);
      ids.set(secretHash, key.keyId);
      return 'created';
    },
    async byHash(secretHash) {
      reads.byHash += 1;
      return keys.get(ids.get(secretHash) ?? '');
    },
    byId: async (keyId) => keys.get(keyId),
    async list({ cursor, limit }) {
      const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
      const all = [...keys.values()].filter(({ keyId }) => keyId > after).sort((a, b) => compareText(a.keyId, b.keyId));
      const items = all.slice(0, limit);
      const last = items.at(-1)?.keyId ?? '';
      return { items, nextCursor: all.length > limit ? Buffer.from(last).toString('base64url') : undefined };
    },
    async revoke(keyId, at) {
      const key = keys.get(keyId);
      if (key && key.revokedAt === undefined) keys.set(keyId, { ...key, revokedAt: at });
    },
  };
}
