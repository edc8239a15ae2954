import type { Asking } from '#shared/application/notifications/staff/own-or-admin';
import type { StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { ProgramReader } from '#shared/application/programs';

/** Everybody on the list to admins, and itself to anybody else. @throws Failure unknown_program */
export function makeListStaff(deps: {
  readonly staff: Pick<StaffStore, 'list'>;
  readonly programs: Pick<ProgramReader, 'get'>;
}) {
  return async (programId: string, { isAdmin, emailHash }: Asking): Promise<readonly StaffPerson[]> => {
    await deps.programs.get(programId);
    const people = await deps.staff.list(programId);
    return isAdmin ? people : people.filter((person) => person.emailHash === emailHash);
  };
}
