import type { StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Member, MemberStore } from './people-ports.ts';

export type ListedMember = Member & {
  /** The person's entry on the list of who is told; absent when it was taken off. */
  readonly staffPersonId?: string | undefined;
};

/** Everybody with a role in one programme, by name. @throws Failure unknown_program */
export function makeListPeople(deps: {
  readonly members: Pick<MemberStore, 'list'>;
  readonly staff: Pick<StaffStore, 'list'>;
  readonly programs: Pick<ProgramReader, 'get'>;
}) {
  return async (programId: string): Promise<readonly ListedMember[]> => {
    await deps.programs.get(programId);
    const [members, told] = await Promise.all([deps.members.list(programId), deps.staff.list(programId)]);
    const listed = new Map(told.map(({ emailHash, personId }) => [emailHash, personId]));
    return members
      .map((member) => ({ ...member, staffPersonId: listed.get(member.emailHash) }))
      .sort((a, b) => a.name.localeCompare(b.name) || (a.personId < b.personId ? -1 : 1));
  };
}
