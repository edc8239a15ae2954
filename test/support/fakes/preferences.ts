import type { Preferences, StoredChoices } from '#shared/application/notifications/preferences';

/** Choices of readers in memory. */
export function makeMemoryPreferences(): Preferences {
  const stored = new Map<string, StoredChoices>();
  return {
    find: async (programId, recipientId) => stored.get(`${programId}#${recipientId}`),
    async save(programId, recipientId, choices) {
      const key = `${programId}#${recipientId}`;
      if ((stored.get(key)?.version ?? 0) !== choices.version - 1) return 'stale';
      stored.set(key, choices);
      return 'saved';
    },
    async *list(programId) {
      for (const [key, choices] of [...stored].sort()) {
        if (key.startsWith(`${programId}#`)) yield { recipientId: key.slice(programId.length + 1), choices };
      }
    },
  };
}
