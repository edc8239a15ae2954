import {
  defaultTierScheme,
  type TierSchemeStore,
  type TierSchemeVersion,
} from '#shared/application/partners/tiers/tier-schemes';

/** The tiers of programmes in memory, as the table keeps them. */
export function makeFakeTierSchemes(...stored: readonly TierSchemeVersion[]): TierSchemeStore {
  const versions: TierSchemeVersion[] = [...stored];
  const newestFirst = (programId: string): readonly TierSchemeVersion[] =>
    versions.filter((one) => one.programId === programId).sort((a, b) => b.version - a.version);
  return {
    current: async (programId) => newestFirst(programId)[0] ?? defaultTierScheme(programId),
    at: async (programId, instant) =>
      newestFirst(programId).find(({ recorded }) => recorded && recorded.at <= instant) ?? defaultTierScheme(programId),
    since: async (programId, instant) =>
      newestFirst(programId).flatMap(({ recorded }) => {
        if (!recorded || recorded.at < instant) return [];
        const { by, onBehalfOf, at } = recorded;
        return [{ by, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), at }];
      }),
    add: async (version) => {
      const isTaken = newestFirst(version.programId).some((one) => one.version === version.version);
      if (!isTaken) versions.push(version);
      return !isTaken;
    },
    list: async (programId, { cursor, limit }) => {
      const all = newestFirst(programId);
      const rest = cursor === undefined ? all : all.filter(({ version }) => version < Number(cursor));
      const items = rest.slice(0, limit);
      return { items, nextCursor: rest.length > limit ? String(items.at(-1)?.version) : undefined };
    },
  };
}
