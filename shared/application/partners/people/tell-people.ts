import type { StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';
import { inOrder, type StaffRole } from '#shared/domain/people/roles';
import type { Member } from './people-ports.ts';

/** Somebody who edits the same entry of the list. */
const MAX_ATTEMPTS = 3;

export type TellPeople = {
  /** Brings the list of who is told in line with somebody's roles; what the person lost is told to it no more. */
  follow(person: Member, lost: readonly StaffRole[]): Promise<void>;
};

/**
 * Whoever has a role is told what it needs: the list of who is told follows roles by the address. It may hold other people too, and
 * other roles: who is told of runs without a right to approve them. Done again it changes nothing, so that a repeat of a request
 * mends what a crash left.
 */
export function makeTellPeople({ staff }: { readonly staff: StaffStore }): TellPeople {
  const once = async (person: Member, lost: readonly StaffRole[]): Promise<boolean> => {
    const { programId, personId, name, email, emailHash, roles, changedAt, changedBy } = person;
    const listed = (await staff.list(programId)).find((one) => one.emailHash === emailHash);
    const dated = { changedAt, changedBy, onBehalfOf: undefined };
    if (!listed) {
      if (roles.length === 0) return true;
      const added: StaffPerson = {
        ...{ programId, personId, name, email, emailHash, roles, version: 1 },
        ...{ createdAt: changedAt, ...dated },
      };
      // Taken by whoever was put on the list in the meantime, or by the id of somebody who was removed: a repeat finds the former.
      return (await staff.add(added)) === 'added';
    }
    const told = inOrder([...listed.roles.filter((role) => !lost.includes(role)), ...roles]);
    if (told.join() === inOrder(listed.roles).join()) return true;
    const { createdAt, version } = listed;
    const next = { programId, personId: listed.personId, createdAt, version: version + 1, ...dated };
    if (told.length === 0) return (await staff.remove(next)) === 'removed';
    return (await staff.change({ ...listed, ...next, roles: told })) === 'changed';
  };
  return {
    async follow(person, lost) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) if (await once(person, lost)) return;
    },
  };
}
