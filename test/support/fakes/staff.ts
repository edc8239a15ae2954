import type { RemovedPerson, StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';
import { compareText } from '#shared/domain/time/instant';

/** People of programmes in memory. */
export function makeMemoryStaff(...known: readonly StaffPerson[]): StaffStore {
  const people = new Map<string, StaffPerson | RemovedPerson>();
  const keyOf = ({ programId, personId }: Pick<StaffPerson, 'programId' | 'personId'>): string =>
    `${programId}#${personId}`;
  for (const person of known) people.set(keyOf(person), person);
  const active = (programId: string): StaffPerson[] =>
    [...people.values()].flatMap((one) => (one.programId === programId && 'email' in one ? [one] : []));
  const isTaken = (person: StaffPerson): boolean =>
    active(person.programId).some((one) => one.personId !== person.personId && one.emailHash === person.emailHash);
  const versionOf = ({ programId, personId }: Pick<StaffPerson, 'programId' | 'personId'>): number | undefined =>
    active(programId).find((one) => one.personId === personId)?.version;
  return {
    find: async (programId, personId) => active(programId).find((one) => one.personId === personId),
    async add(person) {
      if (people.has(keyOf(person)) || isTaken(person)) return 'exists';
      people.set(keyOf(person), person);
      return 'added';
    },
    list: async (programId) => active(programId).sort((a, b) => compareText(a.personId, b.personId)),
    async change(person) {
      if (versionOf(person) !== person.version - 1) return 'stale';
      if (isTaken(person)) return 'address_taken';
      people.set(keyOf(person), person);
      return 'changed';
    },
    async remove(person) {
      if (versionOf(person) !== person.version - 1) return 'stale';
      people.set(keyOf(person), person);
      return 'removed';
    },
  };
}
