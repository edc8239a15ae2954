import { Failure } from '#shared/application/failure';
import type { StaffPerson } from '#shared/application/notifications/staff/staff-ports';

/** Who asks about somebody of a programme. */
export type Asking = {
  readonly by: string;
  readonly isAdmin: boolean;
  /** Of the address that the identity provider has verified. */
  readonly emailHash?: string | undefined;
};

/** A person, for itself by its own verified address and for admins. @throws Failure not_found, also for everybody else */
export function requireOwnOrAdmin(person: StaffPerson | undefined, { isAdmin, emailHash }: Asking): StaffPerson {
  if (person && (isAdmin || person.emailHash === emailHash)) return person;
  throw new Failure('not_found', 'There is no such person, or it is not you: an admin may look at everybody.');
}
