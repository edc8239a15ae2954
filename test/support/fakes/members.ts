import type { Member, MemberStore, RoleChange, RoleChanges } from '#shared/application/partners/people/people-ports';
import { givesMoneyRole } from '#shared/domain/people/roles';
import { compareText } from '#shared/domain/time/instant';

/** Who has roles, in memory; `changes` is what the audit chain would hold. */
export function makeMemoryMembers(): MemberStore & RoleChanges & { readonly changes: readonly RoleChange[] } {
  const members = new Map<string, Member>();
  const changes: RoleChange[] = [];
  const of = (programId: string): readonly RoleChange[] => changes.filter((one) => one.programId === programId);
  return {
    changes,
    list: async (programId) =>
      [...members.values()]
        .filter((one) => one.programId === programId && one.roles.length > 0)
        .sort((a, b) => compareText(a.personId, b.personId)),
    lastChange: async (programId) => of(programId).length,
    async apply(change, person) {
      if (of(change.programId).some(({ number }) => number === change.number)) return false;
      changes.push(change);
      members.set(`${person.programId}#${person.personId}`, person);
      return true;
    },
    giversSince: async (programId, since) =>
      of(programId)
        .filter(({ at, before, after }) => at >= since && givesMoneyRole(before, after))
        .map(({ by, at }) => ({ by, at }))
        .reverse(),
  };
}
